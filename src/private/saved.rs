//! Writing a suspended machine down, and reading it again in another process.
//!
//! The saved form is plain serde: a struct of `code`, a fingerprint of the function's body; `state` and `machine`, their names; and
//! `variables`, a map by name. It is read with the same care as any other input: what does not fit is an error.

extern crate alloc;

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::{self, Formatter};
use core::marker::PhantomData;
use core::mem::MaybeUninit;

pub use serde;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
pub use serde::ser::SerializeMap;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::coroutine::{enter, tag};
use super::{Builder, Held, Hidden, States};
pub use crate::state::Saved;

/// What a machine that can be saved or restored is known by.
pub trait SavedStates: States {
    /// Differs whenever the function's body or the machine's states do.
    const FINGERPRINT: u64;
    /// Says in which of today's states a machine goes on that other code has saved, if in any.
    const MIGRATE: Option<fn(&Saved<'_>) -> Option<&'static str>>;
}

/// A machine whose variables can be written down.
///
/// # Safety
/// `save` must look at nothing but what the state `at` holds.
pub unsafe trait SaveStates: SavedStates {
    /// Writes each variable of the state `at` under its name.
    ///
    /// # Errors
    /// Those of the serializer.
    ///
    /// # Safety
    /// `slots` must be those of a machine in the state `at`, none of whose variables is borrowed.
    unsafe fn save<M: SerializeMap>(
        slots: Self::Slots,
        at: Self::At,
        map: &mut M,
    ) -> Result<(), M::Error>;
}

/// A machine whose variables can be read.
///
/// # Safety
/// When `restore` returns a state, all that this state holds must be in its place.
pub unsafe trait RestoreStates: SavedStates {
    /// Reads the variables of the state called `name`. What has been read is dropped if an error follows.
    ///
    /// # Errors
    /// If there is no such state, a variable is missing or given twice, or a value does not fit.
    ///
    /// # Safety
    /// `to` must be the slots of a machine that holds nothing.
    unsafe fn restore<'de, M: MapAccess<'de>>(
        to: Self::Slots,
        name: &str,
        map: &mut M,
    ) -> Result<Self::At, M::Error>;
}

const FIELDS: &[&str] = &["code", "state", "machine", "variables"];

struct Fingerprint(u64);

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:016x}", self.0))
    }
}

impl<B, Arguments> Serialize for Hidden<B, Arguments>
where
    B: Builder<Arguments, State: SaveStates>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let picture = <B::State as States>::PICTURE;
        let states = (&raw const self.state).cast_mut();
        // SAFETY: the enum begins with its tag.
        let index = unsafe { states.cast::<u8>().read() };
        let mut saved = serializer.serialize_struct(picture.function, FIELDS.len())?;
        saved.serialize_field(FIELDS[0], &Fingerprint(B::State::FINGERPRINT))?;
        saved.serialize_field(FIELDS[1], picture.states[usize::from(index)].name)?;
        saved.serialize_field(FIELDS[2], picture.function)?;
        saved.serialize_field(FIELDS[3], &Variables(states))?;
        saved.end()
    }
}

/// The variables of a machine that does not run.
struct Variables<S>(*mut S);

impl<S: SaveStates> Serialize for Variables<S> {
    fn serialize<R: Serializer>(&self, serializer: R) -> Result<R::Ok, R::Error> {
        // SAFETY: the machine does not run, so its tag says what it holds. Nothing in it is borrowed: a machine with `SaveStates`
        // stands beside a function that does not compile otherwise.
        unsafe {
            let at = tag(self.0);
            let mut counted = Count(0);
            // Counting cannot fail.
            let _ = S::save(S::slots(self.0), at, &mut counted);
            let mut map = serializer.serialize_map(Some(counted.0))?;
            S::save(S::slots(self.0), at, &mut map)?;
            map.end()
        }
    }
}

/// Counts entries.
struct Count(usize);

impl SerializeMap for Count {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, _: &T) -> Result<(), fmt::Error> {
        self.0 += 1;
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, _: &T) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn end(self) -> Result<(), fmt::Error> {
        Ok(())
    }
}

impl<'de, B, Arguments> serde::Deserialize<'de> for Hidden<B, Arguments>
where
    B: Builder<Arguments, State: RestoreStates>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let function = <B::State as States>::PICTURE.function;
        let state = deserializer.deserialize_struct(function, FIELDS, Machine(PhantomData))?;
        Ok(Hidden {
            state,
            _pinned: core::marker::PhantomPinned,
        })
    }
}

/// Reads what `_builder` builds.
///
/// # Errors
/// If that is not what was saved, or other code has saved it.
pub fn restored<'de, Arguments, B, D>(
    _builder: &B,
    deserializer: D,
) -> Result<Hidden<B, Arguments>, D::Error>
where
    B: Builder<Arguments, State: RestoreStates>,
    D: Deserializer<'de>,
{
    serde::Deserialize::deserialize(deserializer)
}

/// Reads a machine's enum of states.
struct Machine<S>(PhantomData<S>);

impl<S: RestoreStates> Machine<S> {
    /// The state to go on in; that the code is the same is checked as soon as both are known.
    fn state<'a, E: serde::de::Error>(
        code: Option<&str>,
        state: &'a str,
    ) -> Result<Cow<'a, str>, E> {
        let function = S::PICTURE.function;
        let Some(code) = code else {
            return Ok(Cow::Borrowed(state));
        };
        let found = u64::from_str_radix(code, 16)
            .map_err(|_| E::custom(format_args!("`{function}`: `code` is not a fingerprint")))?;
        if found == S::FINGERPRINT {
            return Ok(Cow::Borrowed(state));
        }
        let saved = Saved {
            code: found,
            state,
            machine: function,
        };
        let migrated = S::MIGRATE.and_then(|migrate| migrate(&saved));
        migrated.map(Cow::Borrowed).ok_or_else(|| {
            E::custom(format_args!(
                "`{function}` was saved in the state `{state}` by other code ({found:016x}, now {:016x}); go on with the code that \
                 saved it, or tell with `migrate` which state is meant",
                S::FINGERPRINT
            ))
        })
    }
}

impl<'de, S: RestoreStates> Visitor<'de> for Machine<S> {
    type Value = S;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "a saved `{}`", S::PICTURE.function)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<S, A::Error> {
        let missing = |field: usize| A::Error::missing_field(FIELDS[field]);
        let code: String = sequence.next_element()?.ok_or_else(|| missing(0))?;
        let state: String = sequence.next_element()?.ok_or_else(|| missing(1))?;
        let machine: String = sequence.next_element()?.ok_or_else(|| missing(2))?;
        check_machine::<S, A::Error>(&machine)?;
        let state = Self::state(Some(&code), &state)?;
        let variables = Restoring::<S>(&state, PhantomData);
        sequence
            .next_element_seed(variables)?
            .ok_or_else(|| missing(3))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<S, A::Error> {
        let (mut code, mut state, mut machine) = (None::<String>, None::<String>, None::<String>);
        let mut variables = None;
        while let Some(field) = map.next_key_seed(Names(FIELDS))? {
            let text = match field {
                Some(0) => &mut code,
                Some(1) => &mut state,
                Some(2) => &mut machine,
                Some(3) if variables.is_some() => return Err(A::Error::duplicate_field(FIELDS[3])),
                Some(3) => {
                    let state = state
                        .as_deref()
                        .ok_or_else(|| A::Error::custom("`state` must stand before `variables`"))?;
                    if let Some(machine) = &machine {
                        check_machine::<S, A::Error>(machine)?;
                    }
                    let state = Self::state(code.as_deref(), state)?;
                    variables = Some(map.next_value_seed(Restoring::<S>(&state, PhantomData))?);
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if text.is_some() {
                return Err(A::Error::duplicate_field(FIELDS[field.unwrap_or_default()]));
            }
            *text = Some(map.next_value()?);
        }
        let code = code.ok_or_else(|| A::Error::missing_field(FIELDS[0]))?;
        let machine = machine.ok_or_else(|| A::Error::missing_field(FIELDS[2]))?;
        check_machine::<S, A::Error>(&machine)?;
        Self::state::<A::Error>(Some(&code), state.as_deref().unwrap_or_default())?;
        variables.ok_or_else(|| A::Error::missing_field(FIELDS[3]))
    }
}

fn check_machine<S: States, E: serde::de::Error>(machine: &str) -> Result<(), E> {
    let function = S::PICTURE.function;
    if machine == function {
        return Ok(());
    }
    Err(E::custom(format_args!(
        "this is a saved `{machine}`, not a `{function}`"
    )))
}

/// Reads the variables of the state with this name.
struct Restoring<'a, S>(&'a str, PhantomData<S>);

impl<'de, S: RestoreStates> DeserializeSeed<'de> for Restoring<'_, S> {
    type Value = S;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: RestoreStates> Visitor<'de> for Restoring<'_, S> {
    type Value = S;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the variables of `{}` in the state `{}`",
            S::PICTURE.function,
            self.0
        )
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<S, A::Error> {
        let mut states = MaybeUninit::<S>::uninit();
        // SAFETY: there is nothing in the machine yet. Once the tag is written, it is whole.
        unsafe {
            let at = S::restore(S::slots(states.as_mut_ptr()), self.0, &mut map)?;
            enter(states.as_mut_ptr(), at);
            Ok(states.assume_init())
        }
    }
}

/// Reads which of these names it is.
pub struct Names(pub &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Names {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Names {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|known| *known == name))
    }

    fn visit_bytes<E>(self, name: &[u8]) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|known| known.as_bytes() == name))
    }
}

/// A variable that is being read.
pub struct Restored<T> {
    held: Held<T>,
    name: &'static str,
    /// The state holds the variable.
    expected: bool,
    given: bool,
}

impl<T: DeserializeOwned> Restored<T> {
    /// The variable called `name`, whose place is `at` if the state holds it.
    pub fn new(at: *mut T, name: &'static str, expected: bool) -> Self {
        Restored {
            held: Held::empty(at),
            name,
            expected,
            given: false,
        }
    }

    /// Reads the variable's value.
    ///
    /// # Errors
    /// If it is given twice, or the value does not fit.
    pub fn value<'de, M: MapAccess<'de>>(&mut self, map: &mut M) -> Result<(), M::Error> {
        if self.begins(map)? {
            self.held.fill(map.next_value()?);
        }
        Ok(())
    }

    /// Reads the value of a variable that may have none.
    ///
    /// # Errors
    /// If it is given twice, or the value does not fit, or there is none though it `depends` on nothing.
    pub fn option<'de, M: MapAccess<'de>>(
        &mut self,
        map: &mut M,
        depends: bool,
    ) -> Result<(), M::Error> {
        if self.begins(map)? {
            match map.next_value::<Option<T>>()? {
                Some(value) => _ = self.held.fill(value),
                None if depends => {}
                None => return Err(M::Error::missing_field(self.name)),
            }
        }
        Ok(())
    }

    /// Whether there is a value to be read, and a place for it.
    fn begins<'de, M: MapAccess<'de>>(&mut self, map: &mut M) -> Result<bool, M::Error> {
        if core::mem::replace(&mut self.given, true) {
            return Err(M::Error::duplicate_field(self.name));
        }
        if !self.expected {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(self.expected)
    }

    /// Checks that the variable has been read, if the state holds it.
    ///
    /// # Errors
    /// If it has not.
    pub fn check<E: serde::de::Error>(&self) -> Result<(), E> {
        if self.expected && !self.given {
            return Err(E::missing_field(self.name));
        }
        Ok(())
    }

    /// Leaves the variable in its place; whether it has a value.
    pub fn keep(&mut self) -> bool {
        self.held.keep_if_live()
    }
}

/// Reads past variables that no state holds.
///
/// # Errors
/// Those of the deserializer.
pub fn ignore<'de, M: MapAccess<'de>>(map: &mut M) -> Result<(), M::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// The error for a state that there is none of.
pub fn unknown_state<S: States, E: serde::de::Error>(name: &str) -> E {
    let function = S::PICTURE.function;
    E::custom(format_args!("`{function}` has no state `{name}`"))
}
