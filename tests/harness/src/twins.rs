//! Compiles one file of bodies twice and turns its cases into tests.

/// Compiles the file at this path, relative to the caller's, as module `plain`, where `#[lower]` does nothing, and
/// as module `lowered`, where `#[lower]` is `#[state_future]`, with the tests that compare the two.
/// `lowered::sizes()` lists the sizes of all cases.
///
/// `#[not_yet]` does nothing in either: it marks a body that `#[state_future]` refuses, or for which rustc refuses what it
/// makes, so that the other bodies of the file can be compared. `tests/run.sh` counts them.
#[macro_export]
macro_rules! twins {
    ($file:literal) => {
        #[allow(
            unused,
            irrefutable_let_patterns,
            dropping_copy_types,
            dropping_references,
            clippy::all
        )]
        pub mod plain {
            use $crate::passthrough as lower;
            use $crate::passthrough as not_yet;
            use $crate::plain_cases as cases;
            use $crate::prelude::*;
            include!($file);
        }

        #[allow(
            unused,
            irrefutable_let_patterns,
            dropping_copy_types,
            dropping_references,
            clippy::all
        )]
        pub mod lowered {
            use $crate::lowered_cases as cases;
            use $crate::passthrough as not_yet;
            use $crate::prelude::*;
            use $crate::state_future as lower;
            include!($file);
        }
    };
}

/// Constructors for the plain compilation of every case.
#[doc(hidden)]
#[macro_export]
macro_rules! plain_cases {
    ($($name:ident $(($($arguments:tt)*))? $(: $construct:expr)?),* $(,)?) => {
        $($crate::construct_case! { $name $(($($arguments)*))? $(: $construct)? })*

        /// The size of every case.
        pub fn sizes() -> ::std::vec::Vec<(&'static str, usize)> {
            ::std::vec![$((stringify!($name), $crate::size_of_constructed($name::construct))),*]
        }
    };
}

/// Constructors for the lowered compilation of every case, with the tests.
#[doc(hidden)]
#[macro_export]
macro_rules! lowered_cases {
    ($($name:ident $(($($arguments:tt)*))? $(: $construct:expr)?),* $(,)?) => {
        $($crate::construct_case! {
            $name $(($($arguments)*))? $(: $construct)?;
            /// Both compilations do the same in every scenario.
            #[test]
            fn same() {
                $crate::assert_same(stringify!($name), super::super::plain::$name::construct, construct);
            }
        })*

        /// Both sizes of every case.
        pub fn sizes() -> ::std::vec::Vec<$crate::SizeRow> {
            $crate::pair_up(
                super::plain::sizes(),
                ::std::vec![$((stringify!($name), $crate::size_of_constructed($name::construct))),*],
            )
        }

        /// No lowered future is larger than the plain one.
        #[test]
        fn not_larger() {
            $crate::assert_not_larger(&sizes());
        }
    };
}

/// A module of the case's name with its constructor.
#[doc(hidden)]
#[macro_export]
macro_rules! construct_case {
    ($name:ident ($($arguments:tt)*) $(; $($test:tt)*)?) => {
        $crate::construct_case! { $name: $name($($arguments)*) $(; $($test)*)? }
    };
    ($name:ident: $construct:expr $(; $($test:tt)*)?) => {
        pub mod $name {
            use super::*;

            /// Makes the future of this case.
            pub fn construct() -> impl ::std::future::Future<Output = impl ::std::fmt::Debug> {
                $construct
            }

            $($($test)*)?
        }
    };
}
