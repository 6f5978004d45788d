//! What Prometheus reads.

use say_so_collector::{Collector, options::Options};
use tempfile::tempdir;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    databases::{database, file_in},
    running::{answer, client, edited, golden, options},
};

#[tokio::test]
async fn what_happens_is_counted_and_nothing_of_what_is_posted_is_a_label() {
    let folder = tempdir().unwrap();
    let told: Options = options(&database(&folder));
    let collector = Collector::open(&told).await.unwrap();
    let (ours, shown) = (TcpListener::bind(told.listen).await.unwrap(), TcpListener::bind(told.listen).await.unwrap());
    let url = format!("http://{}/v1/feedback", ours.local_addr().unwrap());
    let metrics = format!("http://{}/metrics", shown.local_addr().unwrap());
    let showing = tokio::spawn(collector.metrics().show(shown));
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(collector.serve(ours, async { drop(stopped.await) }));
    let client = client();
    let post = async |body: String| {
        let post = client.post(&url).header("content-type", "text/plain");
        answer(post.body(body)).await.status
    };
    for (body, status) in [
        (golden("words"), 201),
        (golden("words"), 200),
        (edited("words", "five days", "six days"), 422),
        (edited("words", "complaint", "Rantrant"), 422),
        ("Secretbody".to_owned(), 400),
    ] {
        assert_eq!(post(body).await, status);
    }
    let page = answer(client.get(&metrics)).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/plain; version=0.0.4"));
    let others = [client.get(metrics.replace("/metrics", "/")), client.post(&metrics)];
    for (other, status) in others.into_iter().zip([404, 405]) {
        let other = answer(other).await;
        assert_eq!((other.status, other.header("x-content-type-options")), (status, "nosniff"));
    }
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    for line in [
        "say_so_posts_total{outcome=\"new\"} 1",
        "say_so_posts_total{outcome=\"again\"} 1",
        "say_so_posts_total{outcome=\"conflict\"} 1",
        "say_so_posts_total{outcome=\"withdrawn\"} 0",
        "say_so_refused_total{reason=\"conflict\"} 1",
        "say_so_refused_total{reason=\"rule_broken\"} 1",
        "say_so_refused_total{reason=\"malformed\"} 1",
        "say_so_acknowledge_seconds_count 2",
        "say_so_acknowledge_seconds_bucket{le=\"10\"} 2",
        "say_so_connections 1",
        "say_so_waiting_posts 0",
        "say_so_batches_total 3",
    ] {
        assert!(page.body.lines().any(|shown| shown == line), "{line}: {}", page.body);
    }
    assert!(page.body.contains("\nprocess_start_time_seconds 1"), "{}", page.body);
    for private in ["shop.example", "Priya", "Rantrant", "Secretbody", "127.0.0.1"] {
        assert!(!page.body.contains(private), "{private}: {}", page.body);
    }
    // Not where visitors are.
    assert_eq!(answer(client.get(url.replace("/v1/feedback", "/metrics"))).await.status, 404);
    drop(client);
    stop.send(()).unwrap();
    serving.await.unwrap();
    showing.abort();
}

#[tokio::test]
async fn what_the_inbox_refuses_is_counted_in_whatever_form_it_is_said() {
    let folder = tempdir().unwrap();
    let told: Options = options(&file_in(&folder));
    let collector = Collector::open(&told).await.unwrap();
    let (ours, shown) = (TcpListener::bind(told.listen).await.unwrap(), TcpListener::bind(told.listen).await.unwrap());
    let inbox = format!("http://{}/inbox", ours.local_addr().unwrap());
    let metrics = format!("http://{}/metrics", shown.local_addr().unwrap());
    let showing = tokio::spawn(collector.metrics().show(shown));
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(collector.serve(ours, async { drop(stopped.await) }));
    let client = client();
    let kinds = ["text/html", "application/json"];
    for accept in kinds {
        assert_eq!(answer(client.get(&inbox).header("accept", accept)).await.status, 401);
    }
    // Ten wrong ones are taken in a minute.
    for (number, accept) in (0..12).zip(kinds.into_iter().cycle()) {
        let wrong = client.post(format!("{inbox}/sign-in")).header("accept", accept);
        let wrong = wrong.header("content-type", "application/x-www-form-urlencoded").body("token=wrong");
        assert_eq!(answer(wrong).await.status, if number < 10 { 403 } else { 429 }, "{number}");
    }
    let page = answer(client.get(&metrics)).await;
    for line in [
        "say_so_refused_total{reason=\"not_signed_in\"} 2",
        "say_so_refused_total{reason=\"wrong_token\"} 10",
        "say_so_refused_total{reason=\"too_many\"} 2",
    ] {
        assert!(page.body.lines().any(|shown| shown == line), "{line}: {}", page.body);
    }
    drop(client);
    stop.send(()).unwrap();
    serving.await.unwrap();
    showing.abort();
}
