use state_future::state_future;

#[state_future(boxed, name = "Fetch", crate = ::state_future)]
async fn fetch() -> u32 {
    1
}

#[state_future("fetch")]
async fn again() -> u32 {
    1
}

#[state_future(crate = ::state_future, crate = ::state_future)]
fn twice() {}

fn main() {
    assert_eq!(pollster::block_on(fetch()), 1);
}
