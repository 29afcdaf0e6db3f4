//! The example's orders in PostgreSQL, with the documentation's queries: served by several workers, some of which fall over between an
//! effect and the save.

#![cfg(unix)]

#[path = "../../examples/durable_order/workflow.rs"]
mod workflow;

mod queries;
mod server;
mod services;

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use postgres::types::Json;
use postgres::{Client, Row};
use queries::query;
use server::Server;
use state_future::StateFuture;
use workflow::{Order, Outcome, TODAY, order};

const ORDERS: i64 = 60;
const WORKERS: u64 = 4;
/// How long a day is.
const DAY: Duration = Duration::from_millis(30);

/// When to poll an order again, if it waits.
fn wakes_at(order: &Order, start: SystemTime) -> SystemTime {
    let saved = serde_json::to_value(order).unwrap();
    let variables = saved["variables"].as_object().unwrap();
    let due = variables
        .values()
        .find_map(|variable| variable["due"].as_u64());
    match due {
        Some(day)
            if order
                .state()
                .awaits()
                .is_some_and(|source| source.starts_with("days")) =>
        {
            start + DAY * u32::try_from(day).unwrap()
        }
        _ => SystemTime::UNIX_EPOCH,
    }
}

/// What has become of one order.
enum Step {
    NothingDue,
    Saved,
    /// The worker has fallen over with its transaction open.
    Fallen,
}

fn step(client: &mut Client, start: SystemTime, falls: bool) -> Step {
    let mut transaction = client.transaction().unwrap();
    let taken: Option<Row> = transaction
        .query_opt(&query("SELECT number, machine FROM"), &[])
        .unwrap();
    let Some(taken) = taken else {
        return Step::NothingDue;
    };
    let (number, Json(order)): (i64, Json<Order>) = (taken.get(0), taken.get(1));
    let mut order: Pin<Box<Order>> = Box::pin(order);
    let today = start.elapsed().unwrap().as_millis() / DAY.as_millis();
    TODAY.set(today.try_into().unwrap());
    let polled = order.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    if falls {
        return Step::Fallen;
    }
    match polled {
        Poll::Pending => {
            let (form, wakes_at) = (
                serde_json::to_value(&*order).unwrap(),
                wakes_at(&order, start),
            );
            let changed =
                transaction.execute(&query("UPDATE orders"), &[&number, &form, &wakes_at]);
            assert_eq!(changed.unwrap(), 1);
        }
        Poll::Ready(outcome) => {
            let outcome = format!("{outcome:?}");
            transaction
                .execute(&query("INSERT INTO ended"), &[&number, &outcome])
                .unwrap();
            transaction
                .execute(&query("DELETE FROM orders"), &[&number])
                .unwrap();
        }
    }
    transaction.commit().unwrap();
    Step::Saved
}

/// Serves orders until there are none; how often it fell over.
fn serve(server: &Server, start: SystemTime, mut random: u64) -> u32 {
    let mut client = server.connect();
    let mut falls = 0;
    loop {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        match step(&mut client, start, random % 8 == 0) {
            Step::Saved => {}
            Step::Fallen => {
                falls += 1;
                client = server.connect();
            }
            Step::NothingDue => {
                let left: i64 = client
                    .query_one("SELECT count(*) FROM orders", &[])
                    .unwrap()
                    .get(0);
                if left == 0 {
                    return falls;
                }
                std::thread::sleep(DAY / 10);
            }
        }
    }
}

#[test]
fn each_order_ends_once_and_each_effect_is_done_under_one_key() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut client = server.connect();
    client.batch_execute(&queries::tables()).unwrap();
    let start = SystemTime::now();
    for number in 0..ORDERS {
        let machine = Json(order(number.try_into().unwrap()));
        client
            .execute(&query("INSERT INTO orders"), &[&number, &machine])
            .unwrap();
    }
    let waiting = client
        .query(&query("SELECT machine->>'state' AS state"), &[])
        .unwrap();
    let waiting: Vec<(String, i64)> = waiting.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(waiting, [("Start".to_owned(), ORDERS)]);
    assert!(matches!(step(&mut client, start, false), Step::Saved));
    let effects = client
        .query(&query("SELECT number, machine->"), &[])
        .unwrap();
    let effects: Vec<(i64, String)> = effects.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(
        effects,
        [(effects[0].0, format!("reserve-{}", effects[0].0))]
    );
    let codes = client
        .query(&query("SELECT machine->>'code' AS code"), &[])
        .unwrap();
    assert_eq!(codes.len(), 2);

    let falls: u32 = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..=WORKERS)
            .map(|number| {
                scope.spawn({
                    let server = &server;
                    move || serve(server, start, 0x2545_f491_4f6c_dd1d + number)
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .sum()
    });

    let ended = client
        .query("SELECT number, outcome FROM ended ORDER BY number", &[])
        .unwrap();
    assert_eq!(ended.len() as i64, ORDERS);
    let mut asked = services::asked();
    let mut again = 0;
    for row in ended {
        let (number, outcome): (i64, String) = (row.get(0), row.get(1));
        let expected = if number % 3 == 0 {
            Outcome::Declined
        } else {
            Outcome::Delivered
        };
        let needed: &[&str] = match expected {
            Outcome::Delivered => &["reserve", "charge", "ship"],
            _ => &["reserve", "charge", "release"],
        };
        assert_eq!(outcome, format!("{expected:?}"), "order {number}");
        for effect in needed {
            again += asked.remove(&format!("{effect}-{number}")).expect(effect) - 1;
        }
    }
    assert!(asked.is_empty(), "{asked:?}");
    assert!(falls > 0 && again > 0);
    println!(
        "{ORDERS} orders, {falls} workers fell over, {again} effects were asked for again and not done again"
    );
}
