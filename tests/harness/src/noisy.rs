//! Values that tell when they are made, used and dropped.

use crate::leaf::{Holding, leaf};
use crate::trace;
use std::borrow::Cow;
use std::fmt;

/// A named value that records its creation, every use and its drop, and that notices a use or a second drop after
/// its end. It has methods with every kind of receiver, plain and asynchronous.
pub struct Noisy {
    name: Cow<'static, str>,
    identity: u64,
}

/// Makes a [`Noisy`] of this name.
pub fn noisy(name: impl Into<Cow<'static, str>>) -> Noisy {
    let name = name.into();
    trace::step(format!("new {name}"));
    Noisy {
        name,
        identity: trace::birth(),
    }
}

impl Noisy {
    fn used(&self, how: &str) -> u32 {
        assert!(
            trace::is_alive(self.identity),
            "a dropped value was used: {how}"
        );
        trace::step(format!("{how} {}", self.name));
        self.name.len() as u32
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.used("name");
        &self.name
    }

    /// Reads it.
    pub fn look(&self) -> u32 {
        self.used("look")
    }

    /// Changes it.
    pub fn touch(&mut self) -> u32 {
        self.used("touch")
    }

    /// Consumes it.
    pub fn spend(self) -> u32 {
        self.used("spend")
    }

    /// Consumes it and gives it back under another name.
    pub fn rename(mut self, name: &'static str) -> Noisy {
        self.used("rename");
        self.name = Cow::Borrowed(name);
        self
    }

    /// Reads it asynchronously; the future borrows it.
    pub fn peek(&self) -> Holding<&Noisy, u32> {
        let number = self.used("peek");
        Holding::new(self, leaf(format!("peek {}", self.name), 1, number))
    }

    /// Changes it asynchronously; the future borrows it mutably.
    pub fn change(&mut self) -> Holding<&mut Noisy, u32> {
        let number = self.used("change");
        let pause = leaf(format!("change {}", self.name), 1, number);
        Holding::new(self, pause)
    }

    /// Consumes it asynchronously; the future owns it.
    pub fn consume(self) -> Holding<Noisy, u32> {
        let number = self.used("consume");
        let pause = leaf(format!("consume {}", self.name), 1, number);
        Holding::new(self, pause)
    }

    /// A temporary with a drop of its own that borrows this value.
    pub fn view(&self) -> View<'_> {
        self.used("view");
        View {
            source: self,
            own: noisy(format!("view of {}", self.name)),
        }
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        if trace::death(self.identity) {
            trace::step(format!("~{}", self.name));
        } else {
            trace::note("dropped twice");
        }
    }
}

impl fmt::Debug for Noisy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        assert!(
            trace::is_alive(self.identity),
            "a dropped value was printed"
        );
        formatter.write_str(&self.name)
    }
}

impl fmt::Display for Noisy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}

/// A borrow of a [`Noisy`] that records its own drop.
#[derive(Debug)]
pub struct View<'a> {
    source: &'a Noisy,
    own: Noisy,
}

impl<'a> View<'a> {
    /// Reads the source asynchronously; the future borrows the view.
    pub fn load(&self) -> Holding<&Noisy, u32> {
        self.own.look();
        self.source.peek()
    }

    /// Reads the source asynchronously; the future borrows the source alone and the view is consumed.
    pub fn into_load(self) -> Holding<&'a Noisy, u32> {
        self.own.look();
        self.source.peek()
    }

    /// Reads the source.
    pub fn look(&self) -> u32 {
        self.own.look() + self.source.look()
    }

    /// Gives back the source.
    pub fn source(&self) -> &'a Noisy {
        self.source
    }

    /// A second view.
    pub fn again(&self) -> View<'a> {
        self.source.view()
    }
}
