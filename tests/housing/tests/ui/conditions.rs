use state_future::state_future;

#[state_future]
async fn unreadable() -> u8 {
    #[cfg]
    let number = 1;
    number
}

fn main() {}
