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
async fn machine<'_list>(
    list: &'_list [u32],
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = Option<u32>>,
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
    enum Option2<
        Use0: __state_future::Keeping,
        Use3: __state_future::Keeping,
        First,
        List,
        Double,
        FirstRemainder: ::core::ops::Fn(First, u64),
    > {
        ///Not polled yet.
        Start { first: __state_future::Vacant<First>, list: List },
        ///Line 3: `double(*first).await`
        Double { first: First, list: __state_future::Kept<Use0, List>, double: Double },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(
            __state_future::Unfrozen,
            ::core::marker::PhantomData<fn() -> (FirstRemainder, Use3)>,
        ),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum Option2At {
        Start,
        Double,
        Returned,
        Panicked,
    }
    struct Option2Slots<
        Use0: __state_future::Keeping,
        Use3: __state_future::Keeping,
        First,
        List,
        Double,
        FirstRemainder: ::core::ops::Fn(First, u64),
    > {
        first: *mut First,
        list: *mut List,
        double: *mut Double,
        __use_0: ::core::marker::PhantomData<Use0>,
        __use_3: ::core::marker::PhantomData<Use3>,
        __first_remainder: ::core::marker::PhantomData<FirstRemainder>,
    }
    unsafe impl<
        Use0: __state_future::Keeping,
        Use3: __state_future::Keeping,
        First,
        List,
        Double,
        FirstRemainder: ::core::ops::Fn(First, u64),
    > ::core::marker::Send for Option2<Use0, Use3, First, List, Double, FirstRemainder>
    where
        First: ::core::marker::Send,
        List: ::core::marker::Send,
        Double: ::core::marker::Send,
    {}
    unsafe impl<
        Use0: __state_future::Keeping,
        Use3: __state_future::Keeping,
        First,
        List,
        Double,
        FirstRemainder: ::core::ops::Fn(First, u64),
    > __state_future::States
    for Option2<Use0, Use3, First, List, Double, FirstRemainder> {
        type At = Option2At;
        type Slots = Option2Slots<Use0, Use3, First, List, Double, FirstRemainder>;
        type Arguments = (List,);
        const START: Option2At = Option2At::Start;
        const RETURNED: Option2At = Option2At::Returned;
        const PANICKED: Option2At = Option2At::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "option",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<List>("list")],
                    ),
                    __state_future::waits(
                        "Double",
                        "double(*first)",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::holds::<First>("first"),
                            __state_future::keeps::<
                                Use0,
                                __state_future::Kept<Use0, List>,
                            >("list"),
                            __state_future::awaits::<Double>("double"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (0, 2), (1, 2)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let first = __state_future::after(__states.cast::<Option2At>());
            let list = __state_future::after(first);
            let double = __state_future::after(
                __state_future::after::<_, __state_future::Kept<Use0, List>>(first),
            );
            Option2Slots {
                first,
                list,
                double,
                __use_0: ::core::marker::PhantomData,
                __use_3: ::core::marker::PhantomData,
                __first_remainder: ::core::marker::PhantomData,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (list,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.list, list);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: Option2At) {
            unsafe {
                match __at {
                    Option2At::Start => {
                        #[allow(unused_mut)]
                        let mut list = __state_future::Held::resume(__slots.list);
                    }
                    Option2At::Double => {
                        #[allow(unused_mut)]
                        let mut list = __state_future::Held::resume_asked::<
                            Use0,
                        >(__slots.list);
                        #[allow(unused_mut)]
                        let mut first = __state_future::Parted::<
                            _,
                            FirstRemainder,
                        >::new(
                            ::core::marker::PhantomData,
                            __state_future::Held::resume(__slots.first),
                            0
                                | __state_future::moved_by(
                                    ::core::marker::PhantomData::<Use3>,
                                    1u64,
                                ),
                        );
                        let double = __state_future::Held::resume(__slots.double);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        Option2::Start {
            first: __state_future::Vacant::empty(),
            list: list,
        },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<Option<u32>> {
            use __state_future::{Once as _, Repeatable as _};
            let __answers = __state_future::answers::<(_,), _>(ownership);
            let __site_0 = (&__answers.pick(|(answer, _)| answer)).kind();
            let __site_3 = (&__answers.pick(|(_, answer)| answer)).kind();
            __state_future::answered(__slots.__use_0, __site_0);
            __state_future::answered(__slots.__use_3, __site_3);
            let __first_remainder = __slots.__first_remainder;
            let mut __first_moved = 0;
            unsafe {
                if __at == Option2At::Start {
                    __running.resume();
                    let mut list = __state_future::Held::resume(__slots.list);
                    {
                        let mut first = __state_future::Parted::new(
                            __first_remainder,
                            __state_future::Held::new(
                                __slots.first,
                                match __state_future::Try::branch(
                                    list.lend(__site_0).place.first(),
                                ) {
                                    ::core::ops::ControlFlow::Continue(value) => value,
                                    ::core::ops::ControlFlow::Break(residual) => {
                                        return ::core::task::Poll::Ready(
                                            __state_future::FromResidual::from_residual(residual),
                                        );
                                    }
                                },
                            ),
                            0,
                        );
                        ::core::ptr::write(
                            __slots.double,
                            ::core::future::IntoFuture::into_future(
                                double(
                                    ({
                                        let __part = first
                                            .part(__site_3, 1u64, &raw const *(*first.at));
                                        __part
                                    }),
                                ),
                            ),
                        );
                        list.keep();
                        first.keep();
                        __running.suspend(Option2At::Double);
                        __at = Option2At::Double;
                    }
                }
                if __at == Option2At::Double {
                    let ::core::task::Poll::Ready(double_output) = __state_future::poll(
                        __slots.double,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let mut list = __state_future::Held::resume_if(
                        __slots.list,
                        __state_future::leaves(__site_0),
                    );
                    let output: Option<u32> = {
                        let mut first = __state_future::Parted::new(
                            __first_remainder,
                            __state_future::Held::resume(__slots.first),
                            0
                                | __state_future::moved_by(
                                    __state_future::kind_of(__site_3),
                                    1u64,
                                ),
                        );
                        let double_output = __state_future::finish(
                            __slots.double,
                            double_output,
                        );
                        Some(double_output)
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::remainder(
                    __slots.first,
                    __first_remainder,
                    move |__value, __gone| {
                        if __gone & 1u64 != 0 {
                            __site_3.consumes();
                            {
                                use __state_future::Forget as _;
                                (*__value).__forget();
                            }
                        }
                    },
                );
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                Option2At::Double => {
                    (&__state_future::Awaiting(__slots.double)).awaited()
                }
                _ => ::core::option::Option::None,
            }
        },
    )
}
