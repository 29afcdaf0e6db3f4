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
    names: Vec<String>,
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = ()>,
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
    enum ForLoop<Greet, Names, Iterator, Name> {
        ///Not polled yet.
        Start { names: Names },
        ///Line 3: `greet(&name).await`
        Greet { greet: Greet, iterator: Iterator, name: Name },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum ForLoopAt {
        Start,
        Greet,
        Returned,
        Panicked,
        Loop,
        After,
        AfterLoop,
    }
    struct ForLoopSlots<Greet, Names, Iterator, Name> {
        greet: *mut Greet,
        names: *mut Names,
        iterator: *mut Iterator,
        name: *mut Name,
    }
    unsafe impl<Greet, Names, Iterator, Name> ::core::marker::Send
    for ForLoop<Greet, Names, Iterator, Name>
    where
        Greet: ::core::marker::Send,
        Names: ::core::marker::Send,
        Iterator: ::core::marker::Send,
        Name: ::core::marker::Send,
    {}
    unsafe impl<Greet, Names, Iterator, Name> __state_future::States
    for ForLoop<Greet, Names, Iterator, Name> {
        type At = ForLoopAt;
        type Slots = ForLoopSlots<Greet, Names, Iterator, Name>;
        type Arguments = (Names,);
        const START: ForLoopAt = ForLoopAt::Start;
        const RETURNED: ForLoopAt = ForLoopAt::Returned;
        const PANICKED: ForLoopAt = ForLoopAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "for_loop",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Names>("names")],
                    ),
                    __state_future::waits(
                        "Greet",
                        "greet(&name)",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::awaits::<Greet>("greet"),
                            __state_future::holds::<Iterator>("iterator"),
                            __state_future::holds::<Name>("name"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (0, 2), (1, 1), (1, 2)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let greet = __state_future::after(__states.cast::<ForLoopAt>());
            let names = __state_future::after(__states.cast::<ForLoopAt>());
            let iterator = __state_future::after(greet);
            let name = __state_future::after(iterator);
            ForLoopSlots {
                greet,
                names,
                iterator,
                name,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (names,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.names, names);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: ForLoopAt) {
            unsafe {
                match __at {
                    ForLoopAt::Start => {
                        #[allow(unused_mut)]
                        let mut names = __state_future::Held::resume(__slots.names);
                    }
                    ForLoopAt::Greet => {
                        #[allow(unused_mut)]
                        let mut iterator = __state_future::Held::resume(
                            __slots.iterator,
                        );
                        #[allow(unused_mut)]
                        let mut name = __state_future::Held::resume(__slots.name);
                        let greet = __state_future::Held::resume(__slots.greet);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        ForLoop::Start { names: names },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<()> {
            unsafe {
                if __at == ForLoopAt::Start {
                    __running.resume();
                    let mut names = __state_future::Held::resume(__slots.names);
                    {
                        let mut iterator = __state_future::Held::new(
                            __slots.iterator,
                            ::core::iter::IntoIterator::into_iter(names.take()),
                        );
                        iterator.keep();
                        __at = ForLoopAt::Loop;
                    }
                }
                '__loop_1: loop {
                    if __at == ForLoopAt::Loop {
                        '__next: {
                            {
                                let mut iterator = __state_future::Held::resume(
                                    __slots.iterator,
                                );
                                'leave_1: {
                                    'next_1: {
                                        match ::core::iter::Iterator::next(&mut (*iterator.at)) {
                                            ::core::option::Option::Some(name) => {
                                                let mut name = __state_future::Held::new(
                                                    __slots.name,
                                                    name,
                                                );
                                                ::core::ptr::write(
                                                    __slots.greet,
                                                    ::core::future::IntoFuture::into_future(greet(&(*name.at))),
                                                );
                                                iterator.keep();
                                                name.keep();
                                                __running.suspend(ForLoopAt::Greet);
                                                __at = ForLoopAt::Greet;
                                                break '__next;
                                            }
                                            ::core::option::Option::None => {
                                                break 'leave_1;
                                            }
                                        }
                                        iterator.keep();
                                        __at = ForLoopAt::After;
                                        break '__next;
                                    }
                                    iterator.keep();
                                    __at = ForLoopAt::Loop;
                                    continue '__loop_1;
                                }
                                iterator.keep();
                                __at = ForLoopAt::AfterLoop;
                                break '__loop_1;
                            }
                        }
                    }
                    if __at == ForLoopAt::Greet {
                        '__next: {
                            let ::core::task::Poll::Ready(greet_output) = __state_future::poll(
                                __slots.greet,
                                __context,
                            ) else {
                                return ::core::task::Poll::Pending;
                            };
                            __running.resume();
                            {
                                let mut iterator = __state_future::Held::resume(
                                    __slots.iterator,
                                );
                                'leave_1: {
                                    'next_1: {
                                        {
                                            let mut name = __state_future::Held::resume(__slots.name);
                                            let greet_output = __state_future::finish(
                                                __slots.greet,
                                                greet_output,
                                            );
                                            ::core::mem::drop(greet_output);
                                        }
                                        iterator.keep();
                                        __at = ForLoopAt::After;
                                        break '__next;
                                    }
                                    iterator.keep();
                                    __at = ForLoopAt::Loop;
                                    continue '__loop_1;
                                }
                                iterator.keep();
                                __at = ForLoopAt::AfterLoop;
                                break '__loop_1;
                            }
                        }
                    }
                    if __at == ForLoopAt::After {
                        {
                            let mut iterator = __state_future::Held::resume(
                                __slots.iterator,
                            );
                            'leave_1: {
                                'next_1: {}
                                iterator.keep();
                                __at = ForLoopAt::Loop;
                                continue '__loop_1;
                            }
                            iterator.keep();
                            __at = ForLoopAt::AfterLoop;
                            break '__loop_1;
                        }
                    }
                    break;
                }
                if __at == ForLoopAt::AfterLoop {
                    let output = {
                        let mut iterator = __state_future::Held::resume(
                            __slots.iterator,
                        );
                        iterator.drop_now();
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                ForLoopAt::Greet => (&__state_future::Awaiting(__slots.greet)).awaited(),
                _ => ::core::option::Option::None,
            }
        },
    )
}
