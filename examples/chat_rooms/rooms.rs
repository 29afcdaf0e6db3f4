//! Who is in which room.

use async_channel::{Receiver, Sender};
use state_future::runtime::JoinHandle;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many lines may wait for a client; whoever reads more slowly misses some.
const CAPACITY: usize = 64;
const FIRST_ROOM: &str = "hall";

/// All rooms. Without a lock: its tasks stay on one thread, and none holds a borrow across an await.
#[derive(Default)]
pub struct Rooms {
    last_seat: Cell<usize>,
    tasks: RefCell<BTreeMap<usize, JoinHandle<()>>>,
    members: RefCell<BTreeMap<String, Entry>>,
}

struct Entry {
    seat: usize,
    room: String,
    sender: Sender<String>,
}

impl Rooms {
    /// A number for a client that has come.
    pub fn new_seat(&self) -> usize {
        self.last_seat.set(self.last_seat.get() + 1);
        self.last_seat.get()
    }

    /// Keeps a client's task, to end it when it is told to.
    pub fn keep(&self, seat: usize, task: JoinHandle<()>) {
        self.tasks.borrow_mut().insert(seat, task);
    }

    /// Lets a client's task go, which is about to end by itself.
    pub fn let_go(&self, seat: usize) {
        // Dropped after the borrow has ended.
        let task = self.tasks.borrow_mut().remove(&seat);
        drop(task);
    }

    /// Tells a line to all in a room but one.
    fn tell(&self, room: &str, except: &str, line: &str) {
        for (name, entry) in self.members.borrow().iter() {
            if entry.room == room && name != except {
                // Fails if the client is too slow, or just leaving.
                let _ = entry.sender.try_send(line.to_owned());
            }
        }
    }
}

/// Somebody in a room, who leaves it when this is dropped, be it because the task has ended or was ended.
pub struct Member {
    rooms: Rc<Rooms>,
    name: String,
    inbox: Receiver<String>,
}

impl Member {
    /// Enters the first room; `None` if another has the name.
    pub fn enter(rooms: Rc<Rooms>, name: &str, seat: usize) -> Option<Self> {
        let (sender, inbox) = async_channel::bounded(CAPACITY);
        let room = FIRST_ROOM.to_owned();
        if name.is_empty() || rooms.members.borrow().contains_key(name) {
            return None;
        }
        rooms
            .members
            .borrow_mut()
            .insert(name.to_owned(), Entry { seat, room, sender });
        let member = Self {
            rooms,
            name: name.to_owned(),
            inbox,
        };
        member.tell(&format!("* {name} has come"));
        Some(member)
    }

    /// What others have said.
    pub fn inbox(&self) -> &Receiver<String> {
        &self.inbox
    }

    fn room(&self) -> String {
        self.rooms.members.borrow()[&self.name].room.clone()
    }

    fn tell(&self, line: &str) {
        self.rooms.tell(&self.room(), &self.name, line);
    }

    pub fn say(&self, words: &str) {
        self.tell(&format!("{}: {words}", self.name));
    }

    pub fn go_to(&self, room: &str) {
        self.tell(&format!("* {} has left", self.name));
        if let Some(entry) = self.rooms.members.borrow_mut().get_mut(&self.name) {
            entry.room = room.to_owned();
        }
        self.tell(&format!("* {} has come", self.name));
    }

    /// The names of those in the room.
    pub fn others(&self) -> String {
        let room = self.room();
        let members = self.rooms.members.borrow();
        let names: Vec<&str> = members
            .iter()
            .filter(|(_, entry)| entry.room == room)
            .map(|(name, _)| name.as_str())
            .collect();
        names.join(" ")
    }

    /// Ends another's task, wherever it waits; says whether there is such a member.
    pub fn kick(&self, name: &str) -> bool {
        let seat = self
            .rooms
            .members
            .borrow()
            .get(name)
            .map(|entry| entry.seat);
        let tasks = self.rooms.tasks.borrow();
        seat.and_then(|seat| tasks.get(&seat))
            .map(JoinHandle::abort)
            .is_some()
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.tell(&format!("* {} has left", self.name));
        let entry = self.rooms.members.borrow_mut().remove(&self.name);
        if let Some(entry) = entry {
            self.rooms.let_go(entry.seat);
        }
    }
}
