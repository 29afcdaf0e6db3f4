//! Which family a macro belongs to, told by its path.

use syn::Path;

/// Macros that are read in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `format!("..", arguments)` and everything that passes all its tokens to it.
    Format,
    /// `write!(destination, "..", arguments)`.
    Write,
    /// `assert!(condition, "..", arguments)`.
    Assert,
    /// `assert_eq!(left, right, "..", arguments)`.
    Compare,
    /// `matches!(scrutinee, pattern if guard)`.
    Matches,
    /// `assert_matches!(scrutinee, pattern if guard, "..", arguments)`.
    AssertMatches,
    /// `assert_ok!(value, "..", arguments)`.
    Expected,
    /// `vec![a, b]`, `vec![a; n]`.
    Elements,
    /// `dbg!(a, b)`, `ready!(a)`.
    Values,
    /// `std::pin::pin!(value)`.
    PinnedValue,
    /// `addr_of!(place)`.
    Place,
    /// Evaluates nothing, whatever its tokens: `stringify!`, `cfg!`.
    Inert,
    /// Takes no tokens: `line!()`.
    Empty,
    /// Takes constants only: `concat!("a", 1)`.
    Constants,
    /// `anyhow!("..", arguments)`, `anyhow!(error)`.
    Error,
    /// `ensure!(condition, "..", arguments)`, `ensure!(condition, error)`.
    Ensure,
    /// `info!(..)` of `log` and `tracing`.
    Event,
    /// `tracing::event!(Level::INFO, ..)`.
    EventWithLevel,
    /// `info_span!("name", ..)`.
    Span,
    /// `tracing::span!(Level::INFO, "name", ..)`.
    SpanWithLevel,
    /// `log::log!(level, ..)`.
    Log,
    /// `serde_json::json!({ .. })`.
    Json,
    /// `join!(a, b)`, `try_join!(a, b)`.
    Join { fallible: bool },
    /// `race!(a, b)`.
    Race,
    /// `select! { .. }`, `select_biased! { .. }`.
    Select { biased: bool },
    /// `async_stream::stream! { .. }`.
    OwnBlock,
    /// `futures::poll!(a)`.
    Poll,
    /// `futures::pending!()`.
    Pending,
    /// `tokio::pin!(a)`, `pin_mut!(a)`.
    DeclaringPin,
    /// A bare `pin!`, of the standard library or of another crate.
    AnyPin,
    /// Known to hold something other than expressions.
    Unreadable,
}

const STANDARD: &[&str] = &["std", "core", "alloc"];
const LOGGING: &[&str] = &["log", "tracing"];
const FUTURES: &[&str] = &["futures", "futures_util"];
const READY: &[&str] = &[
    "std",
    "core",
    "futures",
    "futures_util",
    "futures_core",
    "futures_lite",
];
const AWAITING: &[&str] = &[
    "tokio",
    "monoio",
    "futures",
    "futures_util",
    "runtime",
    "runtime_lite",
    "state_future",
];
const RUNTIME: &[&str] = &["runtime", "runtime_lite", "state_future"];
const ERRORS: &[&str] = &["anyhow", "eyre", "color_eyre", "miette", "failure", "snafu"];
const PINNING: &[&str] = &[
    "tokio",
    "futures_lite",
    "smol",
    "futures",
    "futures_util",
    "pin_utils",
];
const PIN_MUT: &[&str] = &["futures", "futures_util", "pin_utils"];

/// Names, the crates that export them, and the family.
const FAMILIES: &[(&[&str], &[&str], Family)] = &[
    (
        &[
            "print",
            "println",
            "eprint",
            "eprintln",
            "format",
            "format_args",
            "panic",
            "todo",
            "unimplemented",
        ],
        STANDARD,
        Family::Format,
    ),
    (&["unreachable"], STANDARD, Family::Format),
    (&["write", "writeln"], STANDARD, Family::Write),
    (&["assert", "debug_assert"], STANDARD, Family::Assert),
    (
        &[
            "assert_eq",
            "assert_ne",
            "debug_assert_eq",
            "debug_assert_ne",
        ],
        STANDARD,
        Family::Compare,
    ),
    (&["matches"], STANDARD, Family::Matches),
    (
        &["assert_matches", "debug_assert_matches"],
        &["std", "core", "assert_matches"],
        Family::AssertMatches,
    ),
    (
        &[
            "assert_ok",
            "assert_err",
            "assert_pending",
            "assert_ready",
            "assert_ready_ok",
            "assert_ready_err",
        ],
        &["tokio_test"],
        Family::Expected,
    ),
    (&["vec"], STANDARD, Family::Elements),
    (&["dbg"], STANDARD, Family::Values),
    (&["ready"], READY, Family::Values),
    (&["addr_of", "addr_of_mut"], STANDARD, Family::Place),
    (
        &["stringify", "cfg", "compile_error", "offset_of"],
        STANDARD,
        Family::Inert,
    ),
    (
        &["file", "line", "column", "module_path"],
        STANDARD,
        Family::Empty,
    ),
    (
        &[
            "concat",
            "include_str",
            "include_bytes",
            "env",
            "option_env",
        ],
        STANDARD,
        Family::Constants,
    ),
    (
        &["anyhow", "eyre", "format_err", "miette", "bail"],
        ERRORS,
        Family::Error,
    ),
    (&["ensure"], ERRORS, Family::Ensure),
    (
        &["error", "warn", "info", "debug", "trace"],
        LOGGING,
        Family::Event,
    ),
    (&["event"], &["tracing"], Family::EventWithLevel),
    (
        &[
            "error_span",
            "warn_span",
            "info_span",
            "debug_span",
            "trace_span",
        ],
        &["tracing"],
        Family::Span,
    ),
    (&["span"], &["tracing"], Family::SpanWithLevel),
    (&["log"], &["log"], Family::Log),
    (&["json"], &["serde_json"], Family::Json),
    (&["join"], AWAITING, Family::Join { fallible: false }),
    (&["try_join"], AWAITING, Family::Join { fallible: true }),
    (&["race"], RUNTIME, Family::Race),
    (&["select"], AWAITING, Family::Select { biased: false }),
    (&["select_biased"], FUTURES, Family::Select { biased: true }),
    (
        &["stream", "try_stream"],
        &["async_stream"],
        Family::OwnBlock,
    ),
    (&["poll"], FUTURES, Family::Poll),
    (&["pending"], FUTURES, Family::Pending),
    (&["pin_mut"], PIN_MUT, Family::DeclaringPin),
    (
        &["include", "macro_rules", "thread_local"],
        STANDARD,
        Family::Unreadable,
    ),
];

/// The family of the macro at `path`, if it is a known one.
pub(super) fn family(path: &Path) -> Option<Family> {
    let name = path.segments.last()?.ident.to_string();
    if name == "pin" {
        return pin_family(path);
    }
    FAMILIES
        .iter()
        .find(|(names, crates, _)| names.contains(&name.as_str()) && starts_at(path, crates))
        .map(|(_, _, family)| *family)
}

/// Three macros are called `pin!`: they differ in what they do with a single variable.
fn pin_family(path: &Path) -> Option<Family> {
    if path.segments.len() == 1 {
        Some(Family::AnyPin)
    } else if starts_at(path, STANDARD) {
        Some(Family::PinnedValue)
    } else if starts_at(path, PINNING) {
        Some(Family::DeclaringPin)
    } else {
        None
    }
}

/// Whether the macro may leave the enclosing function by itself, with a `return` inside its expansion.
pub(super) fn leaves(path: &Path) -> bool {
    path.segments.last().is_some_and(|segment| {
        ["bail", "ensure", "ready"]
            .iter()
            .any(|name| segment.ident == name)
    })
}

/// Whether nothing is evaluated after the macro.
pub fn diverges(path: &Path) -> bool {
    const DIVERGING: [&str; 5] = ["panic", "unreachable", "todo", "unimplemented", "bail"];
    family(path).is_some()
        && path
            .segments
            .last()
            .is_some_and(|segment| DIVERGING.iter().any(|name| segment.ident == name))
}

/// Whether `path` is a bare name or starts at one of `crates`.
pub(super) fn starts_at(path: &Path, crates: &[&str]) -> bool {
    path.segments.len() == 1
        || path
            .segments
            .first()
            .is_some_and(|segment| crates.iter().any(|name| segment.ident == name))
}
