use state_future::state_future;

async fn unnamed() {}

#[state_future(named)]
async fn awaits_what_has_no_name<T>(value: T) -> T {
    unnamed().await;
    value
}

fn main() {}
