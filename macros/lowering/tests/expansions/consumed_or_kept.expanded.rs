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
    job: Job,
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = u32>,
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
    enum ConsumedOrKept<Use0: __state_future::Keeping, Job, Run, Report> {
        ///Not polled yet.
        Start { job: Job },
        ///Line 2: `job.run().await`
        Run { job: __state_future::Kept<Use0, Job>, run: Run },
        ///Line 3: `report(result).await`
        Report { job: __state_future::Kept<Use0, Job>, report: Report },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum ConsumedOrKeptAt {
        Start,
        Run,
        Report,
        Returned,
        Panicked,
    }
    struct ConsumedOrKeptSlots<Use0: __state_future::Keeping, Job, Run, Report> {
        job: *mut Job,
        run: *mut Run,
        report: *mut Report,
        __use_0: ::core::marker::PhantomData<Use0>,
    }
    unsafe impl<Use0: __state_future::Keeping, Job, Run, Report> ::core::marker::Send
    for ConsumedOrKept<Use0, Job, Run, Report>
    where
        Job: ::core::marker::Send,
        Run: ::core::marker::Send,
        Report: ::core::marker::Send,
    {}
    unsafe impl<Use0: __state_future::Keeping, Job, Run, Report> __state_future::States
    for ConsumedOrKept<Use0, Job, Run, Report> {
        type At = ConsumedOrKeptAt;
        type Slots = ConsumedOrKeptSlots<Use0, Job, Run, Report>;
        type Arguments = (Job,);
        const START: ConsumedOrKeptAt = ConsumedOrKeptAt::Start;
        const RETURNED: ConsumedOrKeptAt = ConsumedOrKeptAt::Returned;
        const PANICKED: ConsumedOrKeptAt = ConsumedOrKeptAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "consumed_or_kept",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Job>("job")],
                    ),
                    __state_future::waits(
                        "Run",
                        "job.run()",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::keeps::<
                                Use0,
                                __state_future::Kept<Use0, Job>,
                            >("job"),
                            __state_future::awaits::<Run>("run"),
                        ],
                    ),
                    __state_future::waits(
                        "Report",
                        "report(result)",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::keeps::<
                                Use0,
                                __state_future::Kept<Use0, Job>,
                            >("job"),
                            __state_future::awaits::<Report>("report"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (1, 2), (2, 3)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let job = __state_future::after(__states.cast::<ConsumedOrKeptAt>());
            let run = __state_future::after(
                __state_future::after::<
                    _,
                    __state_future::Kept<Use0, Job>,
                >(__states.cast::<ConsumedOrKeptAt>()),
            );
            let report = __state_future::after(
                __state_future::after::<
                    _,
                    __state_future::Kept<Use0, Job>,
                >(__states.cast::<ConsumedOrKeptAt>()),
            );
            ConsumedOrKeptSlots {
                job,
                run,
                report,
                __use_0: ::core::marker::PhantomData,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (job,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.job, job);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: ConsumedOrKeptAt) {
            unsafe {
                match __at {
                    ConsumedOrKeptAt::Start => {
                        #[allow(unused_mut)]
                        let mut job = __state_future::Held::resume(__slots.job);
                    }
                    ConsumedOrKeptAt::Run => {
                        #[allow(unused_mut)]
                        let mut job = __state_future::Held::resume_asked::<
                            Use0,
                        >(__slots.job);
                        let run = __state_future::Held::resume(__slots.run);
                    }
                    ConsumedOrKeptAt::Report => {
                        #[allow(unused_mut)]
                        let mut job = __state_future::Held::resume_asked::<
                            Use0,
                        >(__slots.job);
                        let report = __state_future::Held::resume(__slots.report);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        ConsumedOrKept::Start { job: job },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<u32> {
            use __state_future::{Once as _, Repeatable as _};
            let __answers = __state_future::answers::<(_,), _>(ownership);
            let __site_0 = (&__answers.pick(|(answer,)| answer)).kind();
            __state_future::answered(__slots.__use_0, __site_0);
            unsafe {
                if __at == ConsumedOrKeptAt::Start {
                    __running.resume();
                    let mut job = __state_future::Held::resume(__slots.job);
                    {
                        ::core::ptr::write(
                            __slots.run,
                            ::core::future::IntoFuture::into_future(
                                job.lend(__site_0).place.run(),
                            ),
                        );
                        job.keep();
                        __running.suspend(ConsumedOrKeptAt::Run);
                        __at = ConsumedOrKeptAt::Run;
                    }
                }
                if __at == ConsumedOrKeptAt::Run {
                    let ::core::task::Poll::Ready(run_output) = __state_future::poll(
                        __slots.run,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let mut job = __state_future::Held::resume_if(
                        __slots.job,
                        __state_future::leaves(__site_0),
                    );
                    {
                        let run_output = __state_future::finish(__slots.run, run_output);
                        let result = run_output;
                        ::core::ptr::write(
                            __slots.report,
                            ::core::future::IntoFuture::into_future(report(result)),
                        );
                        job.keep();
                        __running.suspend(ConsumedOrKeptAt::Report);
                        __at = ConsumedOrKeptAt::Report;
                    }
                }
                if __at == ConsumedOrKeptAt::Report {
                    let ::core::task::Poll::Ready(report_output) = __state_future::poll(
                        __slots.report,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let mut job = __state_future::Held::resume_if(
                        __slots.job,
                        __state_future::leaves(__site_0),
                    );
                    let output: u32 = {
                        let report_output = __state_future::finish(
                            __slots.report,
                            report_output,
                        );
                        report_output
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                ConsumedOrKeptAt::Run => {
                    (&__state_future::Awaiting(__slots.run)).awaited()
                }
                ConsumedOrKeptAt::Report => {
                    (&__state_future::Awaiting(__slots.report)).awaited()
                }
                _ => ::core::option::Option::None,
            }
        },
    )
}
