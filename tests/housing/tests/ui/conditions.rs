#![allow(unexpected_cfgs)]

use state_future::state_future;

#[state_future]
async fn many() -> u8 {
    #[cfg(a)]
    let number = 1;
    #[cfg(not(a))]
    let number = 2;
    #[cfg(b)]
    let number = 3;
    #[cfg(c)]
    let number = 4;
    #[cfg(d)]
    let number = 5;
    #[cfg(e)]
    let number = 6;
    #[cfg(f)]
    let number = 7;
    number
}

fn main() {}
