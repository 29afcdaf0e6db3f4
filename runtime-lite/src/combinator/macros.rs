//! The macros over the combining functions.

/// Awaits all futures together and gives a tuple of their outputs.
///
/// Up to eight futures, polled in turns, stored in place: nothing is allocated. See [`join`](fn@crate::join) for the
/// same as a function of a tuple, whose future has a name.
///
/// ```
/// # runtime_lite::block_on(async {
/// let (one, two) = runtime_lite::join!(async { 1 }, async { 2 });
/// assert_eq!(one + two, 3);
/// # });
/// ```
#[macro_export]
macro_rules! join {
    ($($future:expr),+ $(,)?) => {
        $crate::join(($($future,)+)).await
    };
}

/// Awaits all futures together and gives `Ok` with a tuple of their values, or the first error at once.
///
/// ```
/// # runtime_lite::block_on(async {
/// async fn parse(text: &str) -> Result<u8, std::num::ParseIntError> { text.parse() }
/// let (one, two) = runtime_lite::try_join!(parse("1"), parse("2"))?;
/// assert_eq!(one + two, 3);
/// assert!(runtime_lite::try_join!(parse("1"), parse("x")).is_err());
/// # Ok::<(), std::num::ParseIntError>(())
/// # }).unwrap();
/// ```
#[macro_export]
macro_rules! try_join {
    ($($future:expr),+ $(,)?) => {
        $crate::try_join(($($future,)+)).await
    };
}

/// Awaits the first of several futures with one type of output, and gives that output; the others are dropped.
///
/// ```
/// # runtime_lite::block_on(async {
/// assert_eq!(runtime_lite::race!(std::future::pending(), async { "quick" }), "quick");
/// # });
/// ```
#[macro_export]
macro_rules! race {
    ($($future:expr),+ $(,)?) => {
        $crate::race(($($future,)+)).await
    };
}

/// Awaits the first of several futures and runs the arm that belongs to it; the others are dropped before the arm runs.
///
/// Each arm is `pattern = future => expression`, the pattern one that always matches. The expressions may use `.await`,
/// `return`, `break`, `continue` and `?`: they belong to the function around. Hand in `&mut future` to go on with a
/// future in the next round of a loop.
///
/// ```
/// # runtime_lite::block_on(async {
/// let text = runtime_lite::select! {
///     number = async { 4 } => format!("number {number}"),
///     () = std::future::pending() => String::from("never"),
/// };
/// assert_eq!(text, "number 4");
/// # });
/// ```
#[macro_export]
macro_rules! select {
    ($($arms:tt)+) => {
        $crate::__select! { [A B C D E G H I] [] $($arms)+ }
    };
}

/// Gives each arm of [`select!`] its place.
#[doc(hidden)]
#[macro_export]
macro_rules! __select {
    ([$place:ident $($free:ident)*] [$($done:tt)*] $pattern:pat = $future:expr => $body:block, $($rest:tt)*) => {
        $crate::__select! { [$($free)*] [$($done)* ($place, $pattern, $future, $body)] $($rest)* }
    };
    ([$place:ident $($free:ident)*] [$($done:tt)*] $pattern:pat = $future:expr => $body:block $($rest:tt)*) => {
        $crate::__select! { [$($free)*] [$($done)* ($place, $pattern, $future, $body)] $($rest)* }
    };
    ([$place:ident $($free:ident)*] [$($done:tt)*] $pattern:pat = $future:expr => $body:expr, $($rest:tt)*) => {
        $crate::__select! { [$($free)*] [$($done)* ($place, $pattern, $future, $body)] $($rest)* }
    };
    ([$place:ident $($free:ident)*] [$($done:tt)*] $pattern:pat = $future:expr => $body:expr) => {
        $crate::__select! { [$($free)*] [$($done)* ($place, $pattern, $future, $body)] }
    };
    ([$($free:ident)*] [$(($place:ident, $pattern:pat, $future:expr, $body:expr))+]) => {{
        // A statement of its own: the futures that lost are dropped before an arm runs.
        let choice = $crate::select(($($future,)+)).await;
        match choice {
            $($crate::Choice::$place($pattern) => $body,)+
        }
    }};
}
