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
    stream: Stream,
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = io::Result<usize>>,
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
    enum BorrowedBuffer<
        Use1: __state_future::Keeping,
        Stream,
        Buffer,
        Read2,
        Read,
        WriteAll,
    > {
        ///Not polled yet.
        Start { stream: Stream },
        ///Line 3: `stream.read(&mut buffer).await`
        Read2 { stream: Stream, buffer: Buffer, read_2: Read2 },
        ///Line 4: `stream.write_all(&buffer[..read]).await`
        WriteAll {
            stream: __state_future::Asked<Use1, Stream>,
            buffer: Buffer,
            read: Read,
            write_all: WriteAll,
        },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum BorrowedBufferAt {
        Start,
        Read2,
        WriteAll,
        Returned,
        Panicked,
    }
    struct BorrowedBufferSlots<
        Use1: __state_future::Keeping,
        Stream,
        Buffer,
        Read2,
        Read,
        WriteAll,
    > {
        stream: *mut Stream,
        buffer: *mut Buffer,
        read_2: *mut Read2,
        read: *mut Read,
        write_all: *mut WriteAll,
        __use_1: ::core::marker::PhantomData<Use1>,
    }
    unsafe impl<
        Use1: __state_future::Keeping,
        Stream,
        Buffer,
        Read2,
        Read,
        WriteAll,
    > ::core::marker::Send
    for BorrowedBuffer<Use1, Stream, Buffer, Read2, Read, WriteAll>
    where
        Stream: ::core::marker::Send,
        Buffer: ::core::marker::Send,
        Read2: ::core::marker::Send,
        Read: ::core::marker::Send,
        WriteAll: ::core::marker::Send,
    {}
    unsafe impl<
        Use1: __state_future::Keeping,
        Stream,
        Buffer,
        Read2,
        Read,
        WriteAll,
    > __state_future::States
    for BorrowedBuffer<Use1, Stream, Buffer, Read2, Read, WriteAll> {
        type At = BorrowedBufferAt;
        type Slots = BorrowedBufferSlots<Use1, Stream, Buffer, Read2, Read, WriteAll>;
        type Arguments = (Stream,);
        const START: BorrowedBufferAt = BorrowedBufferAt::Start;
        const RETURNED: BorrowedBufferAt = BorrowedBufferAt::Returned;
        const PANICKED: BorrowedBufferAt = BorrowedBufferAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "borrowed_buffer",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Stream>("stream")],
                    ),
                    __state_future::waits(
                        "Read2",
                        "stream.read(&mut buffer)",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::holds::<Stream>("stream"),
                            __state_future::holds::<Buffer>("buffer"),
                            __state_future::awaits::<Read2>("read_2"),
                        ],
                    ),
                    __state_future::waits(
                        "WriteAll",
                        "stream.write_all(&buffer[..read])",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::keeps::<
                                Use1,
                                __state_future::Asked<Use1, Stream>,
                            >("stream"),
                            __state_future::holds::<Buffer>("buffer"),
                            __state_future::holds::<Read>("read"),
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
            let stream = __state_future::after(__states.cast::<BorrowedBufferAt>());
            let buffer = __state_future::after(stream);
            let read_2 = __state_future::after(buffer);
            let read = __state_future::after(buffer);
            let write_all = __state_future::after(read);
            BorrowedBufferSlots {
                stream,
                buffer,
                read_2,
                read,
                write_all,
                __use_1: ::core::marker::PhantomData,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (stream,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.stream, stream);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: BorrowedBufferAt) {
            unsafe {
                match __at {
                    BorrowedBufferAt::Start => {
                        #[allow(unused_mut)]
                        let mut stream = __state_future::Held::resume(__slots.stream);
                    }
                    BorrowedBufferAt::Read2 => {
                        #[allow(unused_mut)]
                        let mut stream = __state_future::Held::resume(__slots.stream);
                        #[allow(unused_mut)]
                        let mut buffer = __state_future::Held::resume(__slots.buffer);
                        let read_2 = __state_future::Held::resume(__slots.read_2);
                    }
                    BorrowedBufferAt::WriteAll => {
                        #[allow(unused_mut)]
                        let mut stream = __state_future::Held::resume_asked::<
                            Use1,
                        >(__slots.stream);
                        #[allow(unused_mut)]
                        let mut buffer = __state_future::Held::resume(__slots.buffer);
                        #[allow(unused_mut)]
                        let mut read = __state_future::Held::resume(__slots.read);
                        let write_all = __state_future::Held::resume(__slots.write_all);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        BorrowedBuffer::Start {
            stream: stream,
        },
        |
            __running,
            __slots,
            mut __at,
            __context,
        | -> ::core::task::Poll<io::Result<usize>> {
            use __state_future::{Once as _, Repeatable as _};
            let __answers = __state_future::answers::<(_,), _>(ownership);
            let __site_1 = (&__answers.pick(|(answer,)| answer)).kind();
            __state_future::answered(__slots.__use_1, __site_1);
            unsafe {
                if __at == BorrowedBufferAt::Start {
                    __running.resume();
                    let mut stream = __state_future::Held::resume(__slots.stream);
                    {
                        let mut buffer = __state_future::Held::new(
                            __slots.buffer,
                            [0; 1024],
                        );
                        ::core::ptr::write(
                            __slots.read_2,
                            ::core::future::IntoFuture::into_future(
                                (*stream.at).read(&mut (*buffer.at)),
                            ),
                        );
                        stream.keep();
                        buffer.keep();
                        __running.suspend(BorrowedBufferAt::Read2);
                        __at = BorrowedBufferAt::Read2;
                    }
                }
                if __at == BorrowedBufferAt::Read2 {
                    let ::core::task::Poll::Ready(read_output) = __state_future::poll(
                        __slots.read_2,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let mut stream = __state_future::Held::resume(__slots.stream);
                    {
                        let mut buffer = __state_future::Held::resume(__slots.buffer);
                        let read_output = __state_future::finish(
                            __slots.read_2,
                            read_output,
                        );
                        let mut read = __state_future::Held::new(
                            __slots.read,
                            read_output?,
                        );
                        ::core::ptr::write(
                            __slots.write_all,
                            ::core::future::IntoFuture::into_future(
                                stream
                                    .lend(__site_1)
                                    .place
                                    .write_all(&(*buffer.at)[..(*read.at)]),
                            ),
                        );
                        stream.keep();
                        buffer.keep();
                        read.keep();
                        __running.suspend(BorrowedBufferAt::WriteAll);
                        __at = BorrowedBufferAt::WriteAll;
                    }
                }
                if __at == BorrowedBufferAt::WriteAll {
                    let ::core::task::Poll::Ready(write_all_output) = __state_future::poll(
                        __slots.write_all,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let mut stream = __state_future::Held::resume_if(
                        __slots.stream,
                        __state_future::leaves(__site_1),
                    );
                    let output: io::Result<usize> = {
                        let mut buffer = __state_future::Held::resume(__slots.buffer);
                        let mut read = __state_future::Held::resume(__slots.read);
                        let write_all_output = __state_future::finish(
                            __slots.write_all,
                            write_all_output,
                        );
                        write_all_output?;
                        Ok(read.take())
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                BorrowedBufferAt::Read2 => {
                    (&__state_future::Awaiting(__slots.read_2)).awaited()
                }
                BorrowedBufferAt::WriteAll => {
                    (&__state_future::Awaiting(__slots.write_all)).awaited()
                }
                _ => ::core::option::Option::None,
            }
        },
    )
}
