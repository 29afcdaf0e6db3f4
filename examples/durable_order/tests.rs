//! Kills the process at random moments.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::engine::Engine;
use super::services;

const FOLDER: &str = "DURABLE_ORDER_FOLDER";
const ORDERS: &str = "DURABLE_ORDER_ORDERS";
/// What it prints once the stores are open.
const SERVING: &str = "serving orders";

/// Serves orders, as the process that is killed. Without a folder there is nothing to do.
#[test]
fn serve() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let orders = std::env::var(ORDERS).unwrap().parse().unwrap();
    let mut engine = Engine::open(&PathBuf::from(folder)).unwrap();
    engine.accept(orders).unwrap();
    eprintln!("{SERVING}");
    engine.run(&mut |_| ()).unwrap();
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("durable_order_{name}_{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The effects that an order needs to end so.
fn needed(outcome: &str) -> &'static [&'static str] {
    match outcome {
        "Delivered" => &["charge", "reserve", "ship"],
        "Declined" => &["charge", "release", "reserve"],
        "Lost" => &["charge", "refund", "release", "reserve", "ship"],
        _ => panic!("{outcome} is no outcome"),
    }
}

/// Checks that each order has ended once and each of its effects was done once; gives how many were asked for again.
fn check(engine: &Engine, orders: u64) -> u64 {
    let ended = engine.ended().unwrap();
    assert_eq!(ended.len() as u64, orders);
    let mut effects: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let mut again = 0;
    for (key, asked, done) in services::effects().unwrap() {
        assert_eq!(done, 1, "{key}");
        again += asked - done;
        let (what, order) = key.rsplit_once('-').unwrap();
        effects
            .entry(order.parse().unwrap())
            .or_default()
            .push(what.to_owned());
    }
    for (number, outcome, times) in ended {
        assert_eq!(times, 1, "order {number}");
        let mut found = effects.remove(&number).unwrap_or_default();
        found.sort();
        assert_eq!(found, needed(&outcome), "order {number}");
    }
    assert!(effects.is_empty());
    again
}

#[test]
fn every_order_ends_without_a_crash() {
    let folder = folder("calm");
    let mut engine = Engine::open(&folder).unwrap();
    engine.accept(12).unwrap();
    assert_eq!(engine.waiting().unwrap().len(), 12);
    let mut steps = 0;
    engine.run(&mut |_| steps += 1).unwrap();
    assert!(steps > 12 * 4);
    assert_eq!(check(&engine, 12), 0);
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn killed_at_two_hundred_moments_each_order_ends_once() {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    // Some kills fall between an effect and the save; on a busy machine it may take another two hundred.
    let again = (0..5).any(|_| killed_at_two_hundred_moments(&mut random) > 0);
    assert!(again);
}

/// How many effects were asked for again, and not done again.
fn killed_at_two_hundred_moments(random: &mut u64) -> u64 {
    let folder = folder("killed");
    let (mut kills, mut orders) = (0, 40);
    while kills < 200 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "tests::serve",
                "--test-threads",
                "1",
                "--nocapture",
            ])
            .env(FOLDER, &folder)
            .env(ORDERS, orders.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let printed = BufReader::new(child.stderr.take().unwrap());
        let serves = printed.lines().any(|line| line.unwrap().contains(SERVING));
        assert!(serves, "the stores cannot be opened");
        std::thread::sleep(Duration::from_micros(*random % 40_000));
        // On Unix this is SIGKILL: nothing of the process runs any more.
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            // It had served all orders before: more of them.
            orders += 8;
        } else {
            kills += 1;
        }
    }
    let mut engine = Engine::open(&folder).unwrap();
    engine.accept(orders).unwrap();
    engine.run(&mut |_| ()).unwrap();
    let again = check(&engine, orders);
    println!("{kills} kills, {orders} orders, {again} effects asked for again and not done again");
    let _ = std::fs::remove_dir_all(folder);
    again
}
