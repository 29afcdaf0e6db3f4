//! The server as its clients see it: each test talks to one in a process of its own.

mod client;
mod dumping;
mod ending;
mod exhaustion;
mod idle;
mod malformed;
mod parsing;
mod process;
mod tools;
