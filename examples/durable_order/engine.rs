//! Polls orders and keeps them in a store.

use std::error::Error;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use redb::{Database, ReadableTable, TableDefinition};

use super::services;
use super::workflow::{Order, TODAY, order};

/// The suspended machines, as JSON.
const ORDERS: TableDefinition<'_, u64, &str> = TableDefinition::new("orders");
/// How each order that has ended did so, and how often that happened.
const ENDED: TableDefinition<'_, u64, (&str, u64)> = TableDefinition::new("ended");
/// The number of orders accepted, and the day it is.
const COUNTERS: TableDefinition<'_, &str, u64> = TableDefinition::new("counters");

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The orders and their store.
pub struct Engine {
    store: Database,
}

impl Engine {
    /// Opens the store in the folder, or makes it.
    pub fn open(folder: &Path) -> Result<Engine> {
        std::fs::create_dir_all(folder)?;
        let store = Database::create(folder.join("orders.redb"))?;
        let transaction = store.begin_write()?;
        transaction.open_table(ORDERS)?;
        transaction.open_table(ENDED)?;
        transaction.open_table(COUNTERS)?;
        transaction.commit()?;
        services::open(folder)?;
        Ok(Engine { store })
    }

    /// Accepts orders until there have been so many.
    pub fn accept(&mut self, count: u64) -> Result<()> {
        let transaction = self.store.begin_write()?;
        {
            let mut counters = transaction.open_table(COUNTERS)?;
            let mut orders = transaction.open_table(ORDERS)?;
            let accepted = counters.get("accepted")?.map_or(0, |count| count.value());
            for number in accepted..count {
                orders.insert(number, &*serde_json::to_string(&order(number))?)?;
            }
            counters.insert("accepted", count.max(accepted))?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The orders that have not ended.
    pub fn waiting(&self) -> Result<Vec<(u64, Order)>> {
        let transaction = self.store.begin_write()?;
        let mut waiting = Vec::new();
        for entry in transaction.open_table(ORDERS)?.iter()? {
            let (number, saved) = entry?;
            waiting.push((number.value(), serde_json::from_str(saved.value())?));
        }
        Ok(waiting)
    }

    /// Serves all orders until they have ended.
    pub fn run(&mut self, progress: &mut dyn FnMut(&str)) -> Result<()> {
        TODAY.set(self.today()?);
        loop {
            let waiting = self.waiting()?;
            if waiting.is_empty() {
                return Ok(());
            }
            let mut moved = false;
            for (number, order) in waiting {
                moved |= self.step(number, order, progress)?;
            }
            if !moved {
                self.next_day()?;
                progress(&format!("day {}", TODAY.get()));
            }
        }
    }

    /// Polls an order once and saves what has become of it, in one transaction; whether it has moved.
    fn step(&mut self, number: u64, order: Order, progress: &mut dyn FnMut(&str)) -> Result<bool> {
        let before = serde_json::to_string(&order)?;
        let mut order = pin!(order);
        let polled = order.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let after = serde_json::to_string(&*order)?;
        if polled.is_pending() && after == before {
            return Ok(false);
        }
        // A crash before the commit repeats the poll, and the effect in it, under the same key.
        let transaction = self.store.begin_write()?;
        {
            let mut orders = transaction.open_table(ORDERS)?;
            match &polled {
                Poll::Pending => drop(orders.insert(number, &*after)?),
                Poll::Ready(outcome) => {
                    orders.remove(number)?;
                    let mut ended = transaction.open_table(ENDED)?;
                    let times = ended.get(number)?.map_or(0, |entry| entry.value().1);
                    ended.insert(number, (&*format!("{outcome:?}"), times + 1))?;
                }
            }
        }
        transaction.commit()?;
        match polled {
            Poll::Pending => progress(&format!("order {number}: {order:?}")),
            Poll::Ready(outcome) => progress(&format!("order {number} has ended: {outcome:?}")),
        }
        Ok(true)
    }

    fn today(&self) -> Result<u64> {
        let transaction = self.store.begin_write()?;
        let counters = transaction.open_table(COUNTERS)?;
        let day = counters.get("day")?.map_or(0, |day| day.value());
        Ok(day)
    }

    fn next_day(&mut self) -> Result<()> {
        TODAY.set(TODAY.get() + 1);
        let transaction = self.store.begin_write()?;
        transaction
            .open_table(COUNTERS)?
            .insert("day", TODAY.get())?;
        transaction.commit()?;
        Ok(())
    }

    /// Each order that has ended, how, and how often.
    #[cfg(test)]
    pub fn ended(&self) -> Result<Vec<(u64, String, u64)>> {
        let transaction = self.store.begin_write()?;
        let mut all = Vec::new();
        for entry in transaction.open_table(ENDED)?.iter()? {
            let (number, outcome) = entry?;
            let (outcome, times) = outcome.value();
            all.push((number.value(), outcome.to_owned(), times));
        }
        Ok(all)
    }
}
