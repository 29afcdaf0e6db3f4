async fn matched(mut source: Source) -> Option<u32> {
    match source.next().await {
        Some(item) => Some(weigh(&item).await),
        None => None,
    }
}
