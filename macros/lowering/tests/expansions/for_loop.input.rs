async fn for_loop(names: Vec<String>) {
    for name in names {
        greet(&name).await;
    }
}
