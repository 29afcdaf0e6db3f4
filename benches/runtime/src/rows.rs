//! The rows of the table: a workload, and who runs it.

use crate::runtimes::{
    Lite, LiteLocal, Pool, Reactor, Runtime, Smol, SmolLocal, Tokio, TokioLocal,
};
use crate::{lowered, plain};
use std::hint::black_box;

/// A runtime that runs a workload.
pub struct Contender {
    pub runtime: &'static str,
    /// Runs so many operations, with rustc's own async functions.
    pub plain: fn(usize),
    /// The same with lowered ones.
    pub lowered: fn(usize),
}

/// A workload.
pub struct Row {
    pub name: &'static str,
    pub threads: usize,
    /// How many operations are run at a time.
    pub count: usize,
    /// This repository's runtime comes first.
    pub contenders: Vec<Contender>,
}

macro_rules! contender {
    ($workload:ident, $runtime:ident) => {
        Contender {
            runtime: $runtime::NAME,
            plain: |count| $runtime::run(plain::$workload::<$runtime>(count)),
            lowered: |count| $runtime::run(lowered::$workload::<$runtime>(count)),
        }
    };
}

macro_rules! row {
    ($name:literal, $threads:literal, $count:literal, $workload:ident, [$($runtime:ident),*]) => {
        Row { name: $name, threads: $threads, count: $count, contenders: vec![$(contender!($workload, $runtime)),*] }
    };
}

macro_rules! block_on {
    ($($runtime:literal: $block_on:expr),*) => {
        vec![$(Contender {
            runtime: $runtime,
            plain: |count| (0..count).for_each(|_| black_box($block_on(plain::nothing()))),
            lowered: |count| (0..count).for_each(|_| black_box($block_on(lowered::nothing()))),
        }),*]
    };
}

/// So many clients, each sending its share of the messages.
fn echo<R: Reactor>(connections: usize, count: usize) {
    R::run(R::echo(connections, count / connections))
        .expect("connections to this machine do not fail");
}

macro_rules! echo {
    ($name:literal, $threads:literal, $count:literal, $connections:literal, [$($runtime:ident),*]) => {
        Row {
            name: $name,
            threads: $threads,
            count: $count,
            // The async functions here are made by a macro for each runtime's own traits, and are rustc's.
            contenders: vec![$(Contender {
                runtime: $runtime::NAME,
                plain: |count| echo::<$runtime>($connections, count),
                lowered: |count| echo::<$runtime>($connections, count),
            }),*],
        }
    };
}

/// All rows.
pub fn rows() -> Vec<Row> {
    vec![
        Row {
            name: "block_on(ready)",
            threads: 1,
            count: 1_000_000,
            contenders: block_on![
                "runtime-lite": runtime_lite::block_on,
                "pollster": pollster::block_on,
                "futures": futures_executor::block_on,
                "smol": futures_lite::future::block_on,
                "tokio": TokioLocal::run
            ],
        },
        row!(
            "spawn+join",
            1,
            10_000,
            spawn_and_join,
            [LiteLocal, TokioLocal, SmolLocal, Pool]
        ),
        row!(
            "spawn one",
            1,
            10_000,
            spawn_one,
            [LiteLocal, TokioLocal, SmolLocal, Pool]
        ),
        row!(
            "chain",
            1,
            10_000,
            chain,
            [LiteLocal, TokioLocal, SmolLocal, Pool]
        ),
        row!(
            "recursive",
            1,
            10_000,
            tree,
            [LiteLocal, TokioLocal, SmolLocal, Pool]
        ),
        row!(
            "yield",
            1,
            200_000,
            yields,
            [LiteLocal, TokioLocal, SmolLocal, Pool]
        ),
        row!(
            "ping-pong",
            1,
            10_000,
            ping_pong,
            [LiteLocal, TokioLocal, SmolLocal, Pool]
        ),
        row!(
            "mpsc+oneshot",
            1,
            10_000,
            requests,
            [LiteLocal, TokioLocal, SmolLocal, Pool]
        ),
        row!(
            "ring",
            1,
            30_000,
            ring,
            [LiteLocal, TokioLocal, SmolLocal, Pool]
        ),
        row!(
            "timers",
            1,
            10_000,
            timers,
            [LiteLocal, TokioLocal, SmolLocal]
        ),
        echo!("echo 1", 1, 2_000, 1, [LiteLocal, TokioLocal, SmolLocal]),
        echo!("echo 64", 1, 12_800, 64, [LiteLocal, TokioLocal, SmolLocal]),
        row!(
            "spawn+join",
            2,
            10_000,
            spawn_and_join_within,
            [Lite, Tokio, Smol]
        ),
        row!(
            "spawn remote",
            2,
            10_000,
            spawn_and_join,
            [Lite, Tokio, Smol]
        ),
        row!("chain", 2, 10_000, chain, [Lite, Tokio, Smol]),
        row!("recursive", 2, 10_000, tree, [Lite, Tokio, Smol]),
        row!("yield", 2, 200_000, yields, [Lite, Tokio, Smol]),
        row!("ping-pong", 2, 10_000, ping_pong, [Lite, Tokio, Smol]),
        row!("mpsc+oneshot", 2, 10_000, requests, [Lite, Tokio, Smol]),
        row!("ring", 2, 30_000, ring, [Lite, Tokio, Smol]),
        row!("timers", 2, 10_000, timers, [Lite, Tokio, Smol]),
        echo!("echo 1", 2, 2_000, 1, [Lite, Tokio, Smol]),
        echo!("echo 64", 2, 12_800, 64, [Lite, Tokio, Smol]),
    ]
}
