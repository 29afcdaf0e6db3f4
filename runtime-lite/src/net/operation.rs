//! One call on a socket as a future.

/// Declares the future of a method that tries a call on a socket until it does not block.
macro_rules! socket_operation {
    (
        $(#[$attribute:meta])*
        $name:ident<'a>($socket:ident $(, $field:ident: $kind:ty)*) -> $output:ty, $direction:ident,
        |$this:ident, $io:ident| $call:expr
    ) => {
        $(#[$attribute])*
        #[must_use = "futures do nothing unless awaited"]
        pub struct $name<'a> {
            socket: &'a $socket,
            $($field: $kind,)*
        }

        impl ::std::future::Future for $name<'_> {
            type Output = ::std::io::Result<$output>;

            fn poll(
                self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<Self::Output> {
                let $this = self.get_mut();
                $this.socket.registered.poll_io($crate::reactor::Direction::$direction, context, |$io| $call)
            }
        }
    };
}
pub(super) use socket_operation;
