//! Items of inner blocks stand before all pieces of the function, so their names must mean one thing.

use state_future::state_future;

async fn pause() {}

fn helper() -> u32 {
    1
}

#[state_future]
async fn shadows_a_function() -> u32 {
    let inner = {
        fn helper() -> u32 {
            2
        }
        pause().await;
        helper()
    };
    inner + helper()
}

#[state_future]
async fn imports_everything(number: u32) -> u32 {
    enum Kind {
        Small,
        Large,
    }
    let kind = if number > 3 { Kind::Large } else { Kind::Small };
    loop {
        use Kind::*;
        fn weigh(number: u32) -> u32 {
            number * 2
        }
        pause().await;
        return match kind {
            Small => weigh(1),
            Large => weigh(2),
        };
    }
}

macro_rules! number {
    () => {
        1
    };
}

#[state_future]
async fn uses_a_macro_before() -> u32 {
    let before = number!();
    macro_rules! number {
        () => {
            2
        };
    }
    pause().await;
    before + number!()
}

fn main() {}
