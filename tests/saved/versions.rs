//! One function as it changes: laid out otherwise, doing something else, waiting for something else, taking something else.

use super::Turns;
use serde::{Deserialize, Serialize};
use state_future::state_future;

pub mod first {
    use super::*;
    #[state_future(named)]
    #[derive(Serialize, Deserialize)]
    pub async fn job(number: u8) -> u32 {
        Turns(1).await;
        u32::from(number) + 1
    }
}

pub mod laid_out_otherwise {
    use super::*;
    /// Documented by now.
    #[state_future(named)]
    #[derive(Serialize, Deserialize)]
    #[rustfmt::skip]
    pub async fn job( number : u8 ) -> u32 { // A comment.
        Turns( 1 ) .await ; u32::from( number ) + 1 }
}

pub mod doing_something_else {
    use super::*;
    #[state_future(named)]
    #[derive(Serialize, Deserialize)]
    pub async fn job(number: u8) -> u32 {
        Turns(1).await;
        u32::from(number) + 2
    }
}

pub mod waiting_for_something_else {
    use super::*;
    #[state_future(named)]
    #[derive(Serialize, Deserialize)]
    pub async fn job(number: u8) -> u32 {
        Turns(2).await;
        u32::from(number) + 1
    }
}

pub mod taking_something_else {
    use super::*;
    #[state_future(named)]
    #[derive(Serialize, Deserialize)]
    pub async fn job(number: u16) -> u32 {
        Turns(1).await;
        u32::from(number) + 1
    }
}
