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
async fn machine<'_client>(
    client: &'_client Client,
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = Result<Response, Error>>,
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
    enum TemporaryReceiver<
        Use0: __state_future::Keeping,
        Use1: __state_future::Keeping,
        Send,
        Client,
        Temporary,
    > {
        ///Not polled yet.
        Start { send: __state_future::Vacant<Send>, client: Client },
        ///Line 2: `client.get("address").send().await`
        Send {
            send: Send,
            client: __state_future::Asked<Use1, Client>,
            temporary: __state_future::Kept<Use0, Temporary>,
        },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum TemporaryReceiverAt {
        Start,
        Send,
        Returned,
        Panicked,
    }
    struct TemporaryReceiverSlots<
        Use0: __state_future::Keeping,
        Use1: __state_future::Keeping,
        Send,
        Client,
        Temporary,
    > {
        send: *mut Send,
        client: *mut Client,
        temporary: *mut __state_future::Kept<Use0, Temporary>,
        __use_0: ::core::marker::PhantomData<Use0>,
        __use_1: ::core::marker::PhantomData<Use1>,
    }
    unsafe impl<
        Use0: __state_future::Keeping,
        Use1: __state_future::Keeping,
        Send,
        Client,
        Temporary,
    > ::core::marker::Send for TemporaryReceiver<Use0, Use1, Send, Client, Temporary>
    where
        Send: ::core::marker::Send,
        Client: ::core::marker::Send,
        __state_future::Kept<Use0, Temporary>: ::core::marker::Send,
    {}
    unsafe impl<
        Use0: __state_future::Keeping,
        Use1: __state_future::Keeping,
        Send,
        Client,
        Temporary,
    > __state_future::States for TemporaryReceiver<Use0, Use1, Send, Client, Temporary> {
        type At = TemporaryReceiverAt;
        type Slots = TemporaryReceiverSlots<Use0, Use1, Send, Client, Temporary>;
        type Arguments = (Client,);
        const START: TemporaryReceiverAt = TemporaryReceiverAt::Start;
        const RETURNED: TemporaryReceiverAt = TemporaryReceiverAt::Returned;
        const PANICKED: TemporaryReceiverAt = TemporaryReceiverAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "temporary_receiver",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Client>("client")],
                    ),
                    __state_future::waits(
                        "Send",
                        "client.get(\"address\").send()",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::awaits::<Send>("send"),
                            __state_future::keeps::<
                                Use1,
                                __state_future::Asked<Use1, Client>,
                            >("client"),
                            __state_future::keeps::<
                                Use0,
                                __state_future::Kept<Use0, Temporary>,
                            >("temporary"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (1, 2)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let send = __state_future::after(__states.cast::<TemporaryReceiverAt>());
            let client = __state_future::after(send);
            let temporary = __state_future::after(client);
            TemporaryReceiverSlots {
                send,
                client,
                temporary,
                __use_0: ::core::marker::PhantomData,
                __use_1: ::core::marker::PhantomData,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (client,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.client, client);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: TemporaryReceiverAt) {
            unsafe {
                match __at {
                    TemporaryReceiverAt::Start => {
                        #[allow(unused_mut)]
                        let mut client = __state_future::Held::resume(__slots.client);
                    }
                    TemporaryReceiverAt::Send => {
                        #[allow(unused_mut)]
                        let mut client = __state_future::Held::resume_asked::<
                            Use1,
                        >(__slots.client);
                        #[allow(unused_mut)]
                        let mut temporary = __state_future::Held::resume_kept(
                            __slots.temporary,
                        );
                        let _temporary_early = temporary.early(__EDITION_2024);
                        let send = __state_future::Held::resume(__slots.send);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        TemporaryReceiver::Start {
            send: __state_future::Vacant::empty(),
            client: client,
        },
        |
            __running,
            __slots,
            mut __at,
            __context,
        | -> ::core::task::Poll<Result<Response, Error>> {
            let __tails_end = __state_future::TailsEnd::<__EDITION_2024>;
            use __state_future::{Once as _, Repeatable as _};
            let __answers = __state_future::answers::<(_,), _>(ownership);
            let __site_0 = (&__answers.pick(|(answer, _)| answer)).kind();
            let __site_1 = (&__answers.pick(|(_, answer)| answer)).kind();
            __state_future::answered(__slots.__use_0, __site_0);
            __state_future::answered(__slots.__use_1, __site_1);
            let mut __temporary_on_stack = ::core::mem::MaybeUninit::uninit();
            unsafe {
                if __at == TemporaryReceiverAt::Start {
                    __running.resume();
                    let mut client = __state_future::Held::resume(__slots.client);
                    {
                        let mut temporary = __state_future::Held::empty(
                            __state_future::kept(
                                __site_0,
                                __slots.temporary,
                                &mut __temporary_on_stack,
                            ),
                        );
                        let _temporary_early = temporary.early(__EDITION_2024);
                        ::core::ptr::write(
                            __slots.send,
                            ::core::future::IntoFuture::into_future(
                                temporary
                                    .put(__site_0, client.lend(__site_1).place.get("address"))
                                    .place
                                    .send(),
                            ),
                        );
                        client.keep();
                        temporary.keep();
                        __running.suspend(TemporaryReceiverAt::Send);
                        __at = TemporaryReceiverAt::Send;
                    }
                }
                if __at == TemporaryReceiverAt::Send {
                    let ::core::task::Poll::Ready(send_output) = __state_future::poll(
                        __slots.send,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let mut client = __state_future::Held::resume_if(
                        __slots.client,
                        __state_future::leaves(__site_1),
                    );
                    let output: Result<Response, Error> = {
                        let mut temporary = __state_future::Held::resume_if(
                            __state_future::kept(
                                __site_0,
                                __slots.temporary,
                                &mut __temporary_on_stack,
                            ),
                            __state_future::leaves(__site_0),
                        );
                        let _temporary_early = temporary.early(__EDITION_2024);
                        let send_output = __state_future::finish(
                            __slots.send,
                            send_output,
                        );
                        send_output
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                TemporaryReceiverAt::Send => {
                    (&__state_future::Awaiting(__slots.send)).awaited()
                }
                _ => ::core::option::Option::None,
            }
        },
    )
}
