use state_future::state_future;

#[async_trait::async_trait]
trait Service {
    async fn call(&self) -> u32;
}

#[async_trait::async_trait]
#[state_future]
impl Service for u8 {
    async fn call(&self) -> u32 {
        1
    }
}

#[async_trait::async_trait]
impl Service for u16 {
    #[state_future]
    async fn call(&self) -> u32 {
        1
    }
}

fn main() {
    pollster::block_on(1u8.call());
}
