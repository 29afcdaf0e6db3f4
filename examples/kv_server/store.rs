//! The keys and their values.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The longest value.
const MAX_VALUE: usize = 512 << 20;

/// All keys, for all clients.
#[derive(Default)]
pub struct Store(Mutex<Keys>);

impl Store {
    /// The keys, for one command.
    ///
    /// No command leaves them half changed, not even if it panics.
    pub fn lock(&self) -> MutexGuard<'_, Keys> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys. One whose time is over is gone for every method, even before [`Keys::sweep`] removes it.
#[derive(Default)]
pub struct Keys {
    entries: HashMap<Arc<[u8]>, Entry>,
    /// The keys that are to end, the next one first.
    deadlines: BTreeSet<(Instant, Arc<[u8]>)>,
}

struct Entry {
    value: Vec<u8>,
    deadline: Option<Instant>,
}

impl Entry {
    fn is_over(&self) -> bool {
        self.deadline
            .is_some_and(|deadline| deadline <= Instant::now())
    }
}

/// Why a value cannot be changed as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoInteger,
    Overflow,
    TooLong,
}

impl Keys {
    fn live(&self, key: &[u8]) -> Option<&Entry> {
        self.entries.get(key).filter(|entry| !entry.is_over())
    }

    fn live_mut(&mut self, key: &[u8]) -> Option<&mut Entry> {
        self.entries.get_mut(key).filter(|entry| !entry.is_over())
    }

    pub fn get(&self, key: &[u8]) -> Option<&[u8]> {
        self.live(key).map(|entry| entry.value.as_slice())
    }

    pub fn contains(&self, key: &[u8]) -> bool {
        self.live(key).is_some()
    }

    /// Sets a value, and when it ends, if ever.
    pub fn set(&mut self, key: &[u8], value: Vec<u8>, deadline: Option<Instant>) {
        match self.entries.get_mut(key) {
            Some(entry) if entry.deadline.is_none() && deadline.is_none() => entry.value = value,
            _ => {
                self.forget(key);
                let key: Arc<[u8]> = key.into();
                if let Some(deadline) = deadline {
                    self.deadlines.insert((deadline, key.clone()));
                }
                self.entries.insert(key, Entry { value, deadline });
            }
        }
    }

    /// Removes a key; says whether it was there.
    pub fn remove(&mut self, key: &[u8]) -> bool {
        self.forget(key).is_some_and(|entry| !entry.is_over())
    }

    fn forget(&mut self, key: &[u8]) -> Option<Entry> {
        let (key, entry) = self.entries.remove_entry(key)?;
        if let Some(deadline) = entry.deadline {
            self.deadlines.remove(&(deadline, key));
        }
        Some(entry)
    }

    /// Sets when a key ends; says whether there is such a key.
    pub fn expire(&mut self, key: &[u8], deadline: Instant) -> bool {
        if !self.contains(key) {
            return false;
        }
        let Some(Entry { value, .. }) = self.forget(key) else {
            return false;
        };
        self.set(key, value, Some(deadline));
        true
    }

    /// How long a key still lives, the inner `None` being forever.
    pub fn time_to_live(&self, key: &[u8]) -> Option<Option<Duration>> {
        let deadline = self.live(key)?.deadline;
        Some(deadline.map(|deadline| deadline.saturating_duration_since(Instant::now())))
    }

    /// Adds to a number, 0 if there is none, and gives the sum.
    pub fn add(&mut self, key: &[u8], change: i64) -> Result<i64, Refusal> {
        let Some(entry) = self.live_mut(key) else {
            self.set(key, change.to_string().into(), None);
            return Ok(change);
        };
        let number: i64 = crate::commands::parse_integer(&entry.value).ok_or(Refusal::NoInteger)?;
        let sum = number.checked_add(change).ok_or(Refusal::Overflow)?;
        entry.value = sum.to_string().into();
        Ok(sum)
    }

    /// Adds to the end of a value, and gives its length.
    pub fn append(&mut self, key: &[u8], more: &[u8]) -> Result<usize, Refusal> {
        let Some(entry) = self.live_mut(key) else {
            self.set(key, more.to_vec(), None);
            return Ok(more.len());
        };
        if entry.value.len() + more.len() > MAX_VALUE {
            return Err(Refusal::TooLong);
        }
        entry.value.extend_from_slice(more);
        Ok(entry.value.len())
    }

    /// Removes the keys whose time is over.
    pub fn sweep(&mut self) {
        let now = Instant::now();
        while let Some((_, key)) = self
            .deadlines
            .first()
            .filter(|(deadline, _)| *deadline <= now)
        {
            let key = key.clone();
            self.forget(&key);
        }
    }

    /// How many keys there are, and how many of them are to end.
    pub fn count(&self) -> (usize, usize) {
        (self.entries.len(), self.deadlines.len())
    }
}
