//! What a method of a reader or writer returns.

/// Declares the future of a method, with the reader or writer that it borrows and its other fields.
macro_rules! io_future {
    (
        $(#[$attribute:meta])*
        $name:ident<$stream:ident: $bound:path>($io:ident $(, $field:ident: $kind:ty)*) -> $output:ty,
        |$this:ident, $context:ident| $poll:expr
    ) => {
        $(#[$attribute])*
        #[must_use = "futures do nothing unless awaited"]
        #[derive(Debug)]
        pub struct $name<'a, $stream: ?Sized> {
            $io: &'a mut $stream,
            $($field: $kind,)*
        }

        impl<$stream: $bound + Unpin + ?Sized> ::std::future::Future for $name<'_, $stream> {
            type Output = ::std::io::Result<$output>;

            fn poll(
                mut self: ::std::pin::Pin<&mut Self>,
                $context: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<Self::Output> {
                let $this = &mut *self;
                $poll
            }
        }
    };
}
pub(super) use io_future;
