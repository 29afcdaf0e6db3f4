// Items in the body's block and in blocks within it, whose pieces must all mean the same by their names.

use std::sync::atomic::{AtomicU32, Ordering};

const NUMBER: u32 = 1;

fn helper() -> u32 {
    mark("outer helper");
    10
}

#[lower]
async fn constants_shadow_outer_ones() -> u32 {
    let before = NUMBER;
    let inner = {
        const NUMBER: u32 = 2;
        leaf("first", 1, NUMBER).await;
        NUMBER
    };
    let other = {
        const NUMBER: u32 = 3;
        leaf("second", 1, NUMBER).await;
        NUMBER
    };
    before + inner * 10 + other * 100 + NUMBER * 1000
}

mod others {
    pub fn pick() -> u32 {
        5
    }

    pub trait Speak {
        fn speak(&self) -> u32 {
            1
        }
    }

    impl Speak for u32 {}
}

fn pick() -> u32 {
    6
}

#[lower]
async fn imports_shadow_outer_items() -> u32 {
    let first = pick();
    let second = {
        use others::{Speak, pick};
        tick("pause").await;
        pick() + 4u32.speak()
    };
    first * 100 + second * 10 + pick()
}

#[lower]
async fn imports_in_arms(number: u32) -> u32 {
    match number {
        0 => {
            use others::pick;
            tick("zero").await;
            pick()
        }
        1 => {
            use others::pick as other;
            tick("one").await;
            other() + pick()
        }
        _ => pick(),
    }
}

macro_rules! three {
    () => {
        3u32
    };
}

#[lower]
async fn macros_in_blocks() -> u32 {
    macro_rules! one {
        () => {
            1u32
        };
    }
    let outer = three!();
    tick("first").await;
    let inner = {
        macro_rules! three {
            () => {
                4u32
            };
        }
        tick("second").await;
        three!()
    };
    outer * 100 + inner * 10 + one!() + three!()
}

#[lower]
async fn types_in_blocks(number: u32) -> u32 {
    let first = {
        struct Local(u32);
        impl Local {
            async fn go(&self) -> u32 {
                tick("go").await;
                self.0
            }
        }
        impl Drop for Local {
            fn drop(&mut self) {
                mark(format!("~Local {}", self.0));
            }
        }
        let local = Local(number);
        if local.go().await > 3 {
            return Local(9).go().await;
        }
        local.go().await
    };
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.store(first, Ordering::Relaxed);
    loop {
        fn step() -> u32 {
            COUNT.fetch_add(1, Ordering::Relaxed)
        }
        tick("step").await;
        if step() > 3 {
            break step();
        }
    }
}

#[lower]
async fn items_behind_their_use() -> u32 {
    let first = NUMBER + later();
    tick("pause").await;
    const NUMBER: u32 = 7;
    fn later() -> u32 {
        mark("later");
        NUMBER
    }
    first + later()
}

#[lower]
async fn names_of_methods_and_fields(pair: (u32, u32)) -> u32 {
    struct Named {
        look: u32,
    }
    let noisy = noisy("a");
    let sum = {
        fn look() -> u32 {
            4
        }
        tick("pause").await;
        look()
    };
    sum + noisy.look() + pair.0
}

// A macro that is known to become items.
#[lower]
async fn projected(k: u32) -> u32 {
    let first = leaf("first", 1, k).await;
    macro_rules! pin_project { ($(#[$m:meta])* struct $name:ident { $($field:ident : $ty:ty),* $(,)? }) => { $(#[$m])* struct $name { $($field: $ty),* } impl $name { fn sum(&self) -> u32 { 0 $(+ self.$field.look())* } } }; }
    pin_project! {
        /// Documented.
        struct Projected { left: Noisy, right: Noisy }
    }
    impl Projected {
        fn new() -> Projected {
            Projected {
                left: noisy("left"),
                right: noisy("right"),
            }
        }
    }
    let p = Projected::new();
    tick("x").await;
    first + p.sum()
}

cases! {
    projected(2),
    constants_shadow_outer_ones(),
    imports_shadow_outer_items(),
    imports_in_arms_zero: imports_in_arms(0),
    imports_in_arms_one: imports_in_arms(1),
    imports_in_arms_other: imports_in_arms(2),
    macros_in_blocks(),
    types_in_blocks_small: types_in_blocks(2),
    types_in_blocks_large: types_in_blocks(5),
    items_behind_their_use(),
    names_of_methods_and_fields((1, 2)),
}
