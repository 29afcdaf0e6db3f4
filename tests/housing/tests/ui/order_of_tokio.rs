use state_future::state_future;

#[tokio::test]
#[state_future]
async fn test() {
    std::future::ready(()).await;
}

#[tokio::main(flavor = "current_thread")]
#[state_future]
async fn main() {
    std::future::ready(()).await;
}
