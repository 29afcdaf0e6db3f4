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
async fn machine<'_path>(
    path: &'_path Path,
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = io::Result<()>>,
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
    enum Hello<Use1: __state_future::Keeping, Path, Create, File2, WriteAll> {
        ///Not polled yet.
        Start { path: Path },
        ///Line 2: `File::create(path).await`
        Create { create: Create },
        ///Line 3: `file.write_all(b"hello, file\n").await`
        WriteAll { file: __state_future::Kept<Use1, File2>, write_all: WriteAll },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum HelloAt {
        Start,
        Create,
        WriteAll,
        Returned,
        Panicked,
    }
    struct HelloSlots<Use1: __state_future::Keeping, Path, Create, File2, WriteAll> {
        path: *mut Path,
        create: *mut Create,
        file: *mut __state_future::Kept<Use1, File2>,
        write_all: *mut WriteAll,
        __use_1: ::core::marker::PhantomData<Use1>,
    }
    unsafe impl<
        Use1: __state_future::Keeping,
        Path,
        Create,
        File2,
        WriteAll,
    > ::core::marker::Send for Hello<Use1, Path, Create, File2, WriteAll>
    where
        Path: ::core::marker::Send,
        Create: ::core::marker::Send,
        __state_future::Kept<Use1, File2>: ::core::marker::Send,
        WriteAll: ::core::marker::Send,
    {}
    unsafe impl<
        Use1: __state_future::Keeping,
        Path,
        Create,
        File2,
        WriteAll,
    > __state_future::States for Hello<Use1, Path, Create, File2, WriteAll> {
        type At = HelloAt;
        type Slots = HelloSlots<Use1, Path, Create, File2, WriteAll>;
        type Arguments = (Path,);
        const START: HelloAt = HelloAt::Start;
        const RETURNED: HelloAt = HelloAt::Returned;
        const PANICKED: HelloAt = HelloAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "hello",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Path>("path")],
                    ),
                    __state_future::waits(
                        "Create",
                        "File::create(path)",
                        ::core::panic::Location::caller(),
                        &[__state_future::awaits::<Create>("create")],
                    ),
                    __state_future::waits(
                        "WriteAll",
                        "file.write_all(b\"hello, file\\n\")",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::keeps::<
                                Use1,
                                __state_future::Kept<Use1, File2>,
                            >("file"),
                            __state_future::awaits::<WriteAll>("write_all"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (1, 2), (1, 3), (2, 3)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let path = __state_future::after(__states.cast::<HelloAt>());
            let create = __state_future::after(__states.cast::<HelloAt>());
            let file = __state_future::after(__states.cast::<HelloAt>());
            let write_all = __state_future::after(file);
            HelloSlots {
                path,
                create,
                file,
                write_all,
                __use_1: ::core::marker::PhantomData,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (path,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.path, path);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: HelloAt) {
            unsafe {
                match __at {
                    HelloAt::Start => {
                        #[allow(unused_mut)]
                        let mut path = __state_future::Held::resume(__slots.path);
                    }
                    HelloAt::Create => {
                        let create = __state_future::Held::resume(__slots.create);
                    }
                    HelloAt::WriteAll => {
                        #[allow(unused_mut)]
                        let mut file = __state_future::Held::resume_kept(__slots.file);
                        let write_all = __state_future::Held::resume(__slots.write_all);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        Hello::Start { path: path },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<io::Result<()>> {
            use __state_future::{Once as _, Repeatable as _};
            let __answers = __state_future::answers::<(_,), _>(ownership);
            let __site_1 = (&__answers.pick(|(answer,)| answer)).kind();
            __state_future::answered(__slots.__use_1, __site_1);
            let mut __file_on_stack = ::core::mem::MaybeUninit::uninit();
            unsafe {
                if __at == HelloAt::Start {
                    __running.resume();
                    let mut path = __state_future::Held::resume(__slots.path);
                    {
                        ::core::ptr::write(
                            __slots.create,
                            ::core::future::IntoFuture::into_future(
                                File::create(path.take()),
                            ),
                        );
                        __running.suspend(HelloAt::Create);
                        __at = HelloAt::Create;
                    }
                }
                if __at == HelloAt::Create {
                    let ::core::task::Poll::Ready(create_output) = __state_future::poll(
                        __slots.create,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    {
                        let create_output = __state_future::finish(
                            __slots.create,
                            create_output,
                        );
                        let mut file = __state_future::Held::new(
                            __state_future::kept(
                                __site_1,
                                __slots.file,
                                &mut __file_on_stack,
                            ),
                            create_output?,
                        );
                        ::core::ptr::write(
                            __slots.write_all,
                            ::core::future::IntoFuture::into_future(
                                file.lend(__site_1).place.write_all(b"hello, file\n"),
                            ),
                        );
                        file.keep();
                        __running.suspend(HelloAt::WriteAll);
                        __at = HelloAt::WriteAll;
                    }
                }
                if __at == HelloAt::WriteAll {
                    let ::core::task::Poll::Ready(write_all_output) = __state_future::poll(
                        __slots.write_all,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let output: io::Result<()> = {
                        let mut file = __state_future::Held::resume_if(
                            __state_future::kept(
                                __site_1,
                                __slots.file,
                                &mut __file_on_stack,
                            ),
                            __state_future::leaves(__site_1),
                        );
                        let write_all_output = __state_future::finish(
                            __slots.write_all,
                            write_all_output,
                        );
                        write_all_output?;
                        Ok(())
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                HelloAt::Create => (&__state_future::Awaiting(__slots.create)).awaited(),
                HelloAt::WriteAll => {
                    (&__state_future::Awaiting(__slots.write_all)).awaited()
                }
                _ => ::core::option::Option::None,
            }
        },
    )
}
