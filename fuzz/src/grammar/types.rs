//! The types that generated programs use.

/// A type of a generated program.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// `u32`
    Number,
    /// `String`
    Text,
    /// `Noisy`, which records its drop
    Noisy,
    /// `Pair`, a struct of two `Noisy`
    Pair,
    /// `Choice`, an enum
    Choice,
    /// A tuple
    Tuple(Vec<Type>),
    /// `Option<_>`
    Option(Box<Type>),
    /// `Result<_, Failure>`
    Result(Box<Type>),
    /// `Poll<Result<_, Failure>>`
    PollResult(Box<Type>),
    /// `Vec<_>`
    Vector(Box<Type>),
    /// `Box<_>`
    Boxed(Box<Type>),
    /// `&_`
    Shared(Box<Type>),
    /// `&mut _`
    Exclusive(Box<Type>),
    /// `View<'_>`, a borrow of a `Noisy` with a drop of its own
    View,
    /// `Lock<u32>`
    Lock,
    /// `Guard<'_, u32>`
    Guard,
    /// The type parameter of a generic function, which is `Noisy` where it is called
    Generic,
    /// A closure without parameters that gives a number
    Closure(Capture),
}

/// How a closure holds what it captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Capture {
    /// By `&`
    Shared,
    /// By `&mut`
    Exclusive,
    /// By value, which a call leaves in place
    Kept,
    /// By value, which the call consumes
    Spent,
}

impl Type {
    /// The option of a type.
    pub fn option(inner: Type) -> Type {
        Type::Option(Box::new(inner))
    }

    /// The result of a type.
    pub fn result(inner: Type) -> Type {
        Type::Result(Box::new(inner))
    }

    /// The vector of a type.
    pub fn vector(inner: Type) -> Type {
        Type::Vector(Box::new(inner))
    }

    /// Whether a use leaves it where it is.
    pub fn is_copy(&self) -> bool {
        match self {
            Type::Unit | Type::Bool | Type::Number | Type::Shared(_) => true,
            Type::Closure(capture) => *capture == Capture::Shared,
            Type::Tuple(parts) => parts.iter().all(Type::is_copy),
            Type::Option(inner) => inner.is_copy(),
            _ => false,
        }
    }

    /// Whether something happens when it is dropped, so that a borrow in it lasts until then.
    pub fn needs_drop(&self) -> bool {
        match self {
            Type::Unit | Type::Bool | Type::Number | Type::Shared(_) | Type::Exclusive(_) => false,
            Type::Closure(capture) => matches!(capture, Capture::Kept | Capture::Spent),
            Type::Tuple(parts) => parts.iter().any(Type::needs_drop),
            Type::Option(inner) => inner.needs_drop(),
            _ => true,
        }
    }

    /// Whether it holds a borrow.
    pub fn borrows(&self) -> bool {
        match self {
            Type::Shared(_) | Type::Exclusive(_) | Type::View | Type::Guard => true,
            Type::Closure(capture) => matches!(capture, Capture::Shared | Capture::Exclusive),
            Type::Tuple(parts) => parts.iter().any(Type::borrows),
            Type::Option(inner)
            | Type::Result(inner)
            | Type::PollResult(inner)
            | Type::Vector(inner)
            | Type::Boxed(inner) => inner.borrows(),
            _ => false,
        }
    }

    /// As it is written in a program.
    pub fn print(&self) -> String {
        match self {
            Type::Unit => "()".into(),
            Type::Bool => "bool".into(),
            Type::Number => "u32".into(),
            Type::Text => "String".into(),
            Type::Noisy => "Noisy".into(),
            Type::Pair => "Pair".into(),
            Type::Choice => "Choice".into(),
            Type::Tuple(parts) => {
                let parts: Vec<_> = parts.iter().map(Type::print).collect();
                format!("({})", parts.join(", "))
            }
            Type::Option(inner) => format!("Option<{}>", inner.print()),
            Type::Result(inner) => format!("Result<{}, Failure>", inner.print()),
            Type::PollResult(inner) => format!("Poll<Result<{}, Failure>>", inner.print()),
            Type::Vector(inner) => format!("Vec<{}>", inner.print()),
            Type::Boxed(inner) => format!("Box<{}>", inner.print()),
            Type::Shared(inner) => format!("&{}", inner.print()),
            Type::Exclusive(inner) => format!("&mut {}", inner.print()),
            Type::View => "View<'_>".into(),
            Type::Lock => "Lock<u32>".into(),
            Type::Guard => "Guard<'_, u32>".into(),
            Type::Generic => "T".into(),
            Type::Closure(_) => "_".into(),
        }
    }

    /// The shortest expression of this type, if there is one.
    pub fn plainest(&self) -> Option<String> {
        Some(match self {
            Type::Unit => "()".into(),
            Type::Bool => "true".into(),
            Type::Number => "1".into(),
            Type::Text => "String::new()".into(),
            Type::Noisy => "noisy(\"z\")".into(),
            Type::Pair => "(Pair { left: noisy(\"x\"), right: noisy(\"y\") })".into(),
            Type::Choice => "Choice::Nothing".into(),
            Type::Tuple(parts) => {
                let parts: Option<Vec<_>> = parts.iter().map(Type::plainest).collect();
                format!("({})", parts?.join(", "))
            }
            Type::Option(inner) => format!("Some({})", inner.plainest()?),
            Type::Result(inner) => format!("Ok::<_, Failure>({})", inner.plainest()?),
            Type::PollResult(inner) => {
                format!("Poll::Ready(Ok::<_, Failure>({}))", inner.plainest()?)
            }
            Type::Vector(inner) => format!("vec![{0}, {0}]", inner.plainest()?),
            Type::Boxed(inner) => format!("Box::new({})", inner.plainest()?),
            Type::Shared(inner) => format!("&{}", inner.plainest()?),
            Type::Exclusive(inner) => format!("&mut {}", inner.plainest()?),
            Type::View | Type::Lock | Type::Guard | Type::Generic | Type::Closure(_) => {
                return None;
            }
        })
    }
}
