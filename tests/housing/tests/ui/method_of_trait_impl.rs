use state_future::state_future;

trait Service {
    async fn call(&self) -> u32;
}

impl Service for u8 {
    #[state_future]
    async fn call(&self) -> u32 {
        1
    }
}

fn main() {
    pollster::block_on(1u8.call());
}
