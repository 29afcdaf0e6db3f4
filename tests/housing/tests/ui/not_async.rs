use state_future::state_future;

#[state_future]
fn plain() -> u32 {
    1
}

#[state_future]
fn blocks() -> u32 {
    pollster::block_on(async { 1 })
}

fn main() {
    let _: u32 = plain() + blocks();
}
