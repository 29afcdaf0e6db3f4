async fn consumed_or_kept(job: Job) -> u32 {
    let result = job.run().await;
    report(result).await
}
