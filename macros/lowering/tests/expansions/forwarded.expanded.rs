#[allow(warnings, unused, deprecated, nonstandard_style, unsafe_op_in_unsafe_fn)]
#[allow(
    dangerous_implicit_autorefs,
    semicolon_in_expressions_from_macros,
    static_mut_refs
)]
#[allow(
    arithmetic_overflow,
    overflowing_literals,
    unconditional_panic,
    let_underscore_lock
)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
async fn machine(
    buffer: [u8; 100],
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = usize>,
> {
    use ::state_future::__private as __state_future;
    const __EDITION_2024: bool = {
        macro_rules! __edition {
            ($_any:expr) => {
                true
            };
            (_) => {
                false
            };
        }
        __edition!(_)
    };
    #[repr(u8)]
    enum Forwarded<Buffer, Inner> {
        ///Not polled yet.
        Start { buffer: Buffer },
        ///Line 2: `inner(buffer).await`
        Inner { inner: Inner },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum ForwardedAt {
        Start,
        Inner,
        Returned,
        Panicked,
    }
    struct ForwardedSlots<Buffer, Inner> {
        buffer: *mut Buffer,
        inner: *mut Inner,
    }
    unsafe impl<Buffer, Inner> ::core::marker::Send for Forwarded<Buffer, Inner>
    where
        Buffer: ::core::marker::Send,
        Inner: ::core::marker::Send,
    {}
    unsafe impl<Buffer, Inner> __state_future::States for Forwarded<Buffer, Inner> {
        type At = ForwardedAt;
        type Slots = ForwardedSlots<Buffer, Inner>;
        type Arguments = (Buffer,);
        const START: ForwardedAt = ForwardedAt::Start;
        const RETURNED: ForwardedAt = ForwardedAt::Returned;
        const PANICKED: ForwardedAt = ForwardedAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "forwarded",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Buffer>("buffer")],
                    ),
                    __state_future::waits(
                        "Inner",
                        "inner(buffer)",
                        ::core::panic::Location::caller(),
                        &[__state_future::awaits::<Inner>("inner")],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (1, 2)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let buffer = __state_future::after(__states.cast::<ForwardedAt>());
            let inner = __state_future::after(__states.cast::<ForwardedAt>());
            ForwardedSlots { buffer, inner }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (buffer,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.buffer, buffer);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: ForwardedAt) {
            unsafe {
                match __at {
                    ForwardedAt::Start => {
                        #[allow(unused_mut)]
                        let mut buffer = __state_future::Held::resume(__slots.buffer);
                    }
                    ForwardedAt::Inner => {
                        let inner = __state_future::Held::resume(__slots.inner);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        Forwarded::Start { buffer: buffer },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<usize> {
            unsafe {
                if __at == ForwardedAt::Start {
                    __running.resume();
                    let mut buffer = __state_future::Held::resume(__slots.buffer);
                    {
                        ::core::ptr::write(
                            __slots.inner,
                            ::core::future::IntoFuture::into_future(inner(buffer.take())),
                        );
                        __running.suspend(ForwardedAt::Inner);
                        __at = ForwardedAt::Inner;
                    }
                }
                if __at == ForwardedAt::Inner {
                    let ::core::task::Poll::Ready(inner_output) = __state_future::poll(
                        __slots.inner,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let output: usize = {
                        let inner_output = __state_future::finish(
                            __slots.inner,
                            inner_output,
                        );
                        inner_output
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                ForwardedAt::Inner => {
                    (&__state_future::Awaiting(__slots.inner)).awaited()
                }
                _ => ::core::option::Option::None,
            }
        },
    )
}
