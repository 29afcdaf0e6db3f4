use state_future::state_future;

#[state_future]
pub struct Machine {
    field: u32,
}

#[state_future]
const NUMBER: u32 = 1;

#[state_future]
mod inner {
    pub async fn name() {}
}

fn main() {
    let machine = Machine { field: NUMBER };
    pollster::block_on(async move { inner::name().await });
    assert_eq!(machine.field, 1);
}
