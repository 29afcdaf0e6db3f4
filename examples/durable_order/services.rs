//! The services that effects are asked of. They have a store of their own: no transaction reaches from the orders' to theirs.

use std::cell::RefCell;
use std::error::Error;
use std::path::Path;

use redb::{Database, ReadableTable, TableDefinition};

/// For each key, how often the effect was asked for and how often it was done.
const EFFECTS: TableDefinition<'_, &str, (u64, u64)> = TableDefinition::new("effects");

type Result<T> = std::result::Result<T, Box<dyn Error>>;

thread_local! {
    static SERVICES: RefCell<Option<Database>> = const { RefCell::new(None) };
}

/// Opens the services' store, for this thread.
pub fn open(folder: &Path) -> Result<()> {
    let database = Database::create(folder.join("services.redb"))?;
    let transaction = database.begin_write()?;
    transaction.open_table(EFFECTS)?;
    transaction.commit()?;
    SERVICES.set(Some(database));
    Ok(())
}

/// Asks for an effect. It is done the first time that its key is seen. A card in five is declined, a parcel in seven gets lost.
///
/// # Panics
/// If the store fails: it is not the order that is wrong then, and so it must not go on.
pub fn apply(key: &str) -> bool {
    note(key).expect("the services' store works");
    let order: u64 = key
        .rsplit('-')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or_default();
    match key {
        _ if key.starts_with("charge") => order % 5 != 0,
        _ if key.starts_with("ship") => order % 7 != 3,
        _ => true,
    }
}

fn note(key: &str) -> Result<()> {
    SERVICES.with_borrow(|database| {
        let transaction = database.as_ref().ok_or("not open")?.begin_write()?;
        {
            let mut effects = transaction.open_table(EFFECTS)?;
            let known = effects.get(key)?.map(|counts| counts.value());
            let (asked, done) = known.unwrap_or((0, 0));
            // This is what a service does with a key: it counts the question, and does nothing if it knows it.
            effects.insert(key, (asked + 1, done + u64::from(known.is_none())))?;
        }
        transaction.commit()?;
        Ok(())
    })
}

/// Every effect, how often it was asked for and how often done.
#[cfg(test)]
pub fn effects() -> Result<Vec<(String, u64, u64)>> {
    SERVICES.with_borrow(|database| {
        let transaction = database.as_ref().ok_or("not open")?.begin_read()?;
        let mut all = Vec::new();
        for entry in transaction.open_table(EFFECTS)?.iter()? {
            let (key, counts) = entry?;
            let (asked, done) = counts.value();
            all.push((key.value().to_owned(), asked, done));
        }
        Ok(all)
    })
}
