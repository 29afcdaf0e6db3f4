//! What all sockets have in common.

/// Declares a socket that the reactor watches, out of the one of the same name in the module `blocking`.
macro_rules! define_socket {
    ($(#[$attribute:meta])* $socket:ident) => {
        $(#[$attribute])*
        pub struct $socket {
            registered: $crate::reactor::Registered<blocking::$socket>,
        }

        impl TryFrom<blocking::$socket> for $socket {
            type Error = ::std::io::Error;

            fn try_from(socket: blocking::$socket) -> ::std::io::Result<Self> {
                socket.set_nonblocking(true)?;
                let registered = $crate::reactor::Registered::new(socket)?;
                Ok(Self { registered })
            }
        }

        impl ::std::fmt::Debug for $socket {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.registered.io().fmt(formatter)
            }
        }
    };
}
pub(super) use define_socket;
