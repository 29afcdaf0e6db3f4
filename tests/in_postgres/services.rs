//! The services that effects are asked of: they know the keys that they have seen.

use std::collections::BTreeMap;
use std::sync::Mutex;

/// For each key, how often the effect was asked for; it is done the first time.
static ASKED: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());

/// Asks for an effect. Every third card is declined.
pub fn apply(key: &str) -> bool {
    *ASKED.lock().unwrap().entry(key.to_owned()).or_default() += 1;
    let order: u64 = key.rsplit('-').next().unwrap().parse().unwrap();
    !key.starts_with("charge") || order % 3 != 0
}

/// Every effect that was asked for, and how often.
pub fn asked() -> BTreeMap<String, u32> {
    ASKED.lock().unwrap().clone()
}
