use futures_util::future::join_all;
use say_so::feedback::Submission;
use sqlx::Executor;
use tempfile::tempdir;
use tokio::{
    sync::Semaphore,
    task::JoinHandle,
    time::{Instant, timeout},
};

use super::{target::TELLING, *};
use crate::{
    databases::{database, file_in, hold},
    store::{Fault, Store},
};

async fn store(address: &str) -> Store {
    Store::open(address, Duration::from_secs(20)).await.unwrap()
}

fn post(number: usize, kind: &str) -> Post {
    let words = include_str!("../../../tests/golden/submissions/words.json").replace("complaint", kind);
    let mut submission: Submission = serde_json::from_str(&words).unwrap();
    submission.id = format!("{number:032x}");
    Post::new(&submission, &words, "")
}

fn keep(store: &Store, number: usize) -> JoinHandle<Result<Posted, Error>> {
    let store = store.clone();
    tokio::spawn(async move { store.keep(post(number, "praise")).await })
}

async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), waiting).await.expect("it never is");
}

/// Has the writer take one post. It waits with it while the database is held, and all that come then wait for it.
async fn begin(store: &Store, number: usize) -> JoinHandle<Result<Posted, Error>> {
    let begun = store.writing.batches();
    let kept = keep(store, number);
    until(|| store.writing.batches() > begun).await;
    kept
}

#[tokio::test]
async fn what_waits_is_kept_together_and_more_is_turned_away_at_once() {
    let folder = tempdir().unwrap();
    let store = store(&file_in(&folder)).await;
    // Nothing can be written until this is given back.
    let held = store.writer.acquire().await.unwrap();
    let first = begin(&store, 0).await;
    let many = join_all((1..=WAITING_MAX).map(|number| store.keep(post(number, "praise"))));
    let many = async {
        tokio::pin!(many);
        // All of them wait, and so there is room for no other.
        tokio::select! {
            biased;
            _ = &mut many => panic!("nothing can be written"),
            outcome = store.keep(post(100_000, "praise")) => assert!(matches!(outcome, Err(Error::Busy)), "{outcome:?}"),
        }
        drop(held);
        many.await
    };
    let outcomes = many.await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(Posted::New(_)))));
    assert!(matches!(first.await.unwrap(), Ok(Posted::New(_))));
    // Those of a batch were received at one moment.
    let batches: Vec<i64> = sqlx::query_scalar("select count(*) from revision where id <> $1 group by received")
        .bind(format!("{:032x}", 0))
        .fetch_all(&store.reader)
        .await
        .unwrap();
    assert_eq!((batches.as_slice(), store.writing.batches()), (&[512, 512][..], 3));
    store.close().await;
}

#[tokio::test]
async fn who_would_wait_too_long_is_turned_away_at_once() {
    let folder = tempdir().unwrap();
    let store = store(&file_in(&folder)).await;
    let held = store.writer.acquire().await.unwrap();
    let pace = |time: Duration| store.writing.pace.store(time.as_nanos() as u64, Ordering::Relaxed);
    pace(WAITING_TIME_MAX * 10);
    let mut kept = vec![begin(&store, 0).await];
    // The next two wait for the writer.
    kept.push(keep(&store, 1));
    until(|| store.writing.waiting() >= 1).await;
    pace(WAITING_TIME_MAX);
    kept.push(keep(&store, 2));
    until(|| store.writing.waiting() >= 2).await;
    pace(WAITING_TIME_MAX / 2 + Duration::from_nanos(1));
    assert!(matches!(store.keep(post(3, "praise")).now_or_never(), Some(Err(Error::Busy))));
    drop(held);
    for kept in kept {
        assert!(matches!(kept.await.unwrap(), Ok(Posted::New(_))));
    }
    store.close().await;
}

#[tokio::test]
async fn only_a_large_batch_tells_how_long_others_take() {
    let folder = tempdir().unwrap();
    let store = store(&file_in(&folder)).await;
    let pace = || store.writing.pace.load(Ordering::Relaxed);
    let held = store.writer.acquire().await.unwrap();
    let first = begin(&store, 1_001).await;
    let posts = TELLING * 4;
    let keeping = join_all((0..posts as usize).map(|number| store.keep(post(number, "praise"))));
    let start = Instant::now();
    let (outcomes, ()) = tokio::join!(keeping, async {
        until(|| store.writing.waiting() >= posts as usize).await;
        drop(held);
    });
    assert!(outcomes.iter().all(Result::is_ok) && first.await.unwrap().is_ok());
    // One post may take a moment, but not a few nanoseconds, nor as long as all of them.
    let all = start.elapsed().as_nanos() as u64;
    assert!((posts..all / (posts / 2)).contains(&pace()), "{} of {all}", pace());
    store.keep(post(1_000, "praise")).await.unwrap();
    assert_eq!(pace(), 0);
    store.close().await;
}

#[tokio::test]
async fn a_post_that_the_database_refuses_takes_no_other_with_it() {
    let folder = tempdir().unwrap();
    let address = database(&folder);
    let store = store(&address).await;
    let refuse = match store.engine {
        Engine::Sqlite => {
            "create trigger refuse before insert on revision when new.kind = 'suggestion'
                 begin select raise(abort, 'no'); end"
        }
        Engine::Postgres => {
            "create function refuse() returns trigger language plpgsql as
                 $$ begin raise exception 'no'; end $$;
             create trigger refuse before insert on revision for each row when (new.kind = 'suggestion')
                 execute function refuse()"
        }
    };
    store.writer.execute(refuse).await.unwrap();
    let held = hold(&store.writer, &address).await;
    let kinds = ["praise", "suggestion", "complaint", "praise"];
    let keeping = join_all((0..).zip(kinds).map(|(number, kind)| store.keep(post(number, kind))));
    let (outcomes, ()) = tokio::join!(keeping, async { drop(held) });
    let kept: Vec<bool> = outcomes.iter().map(|outcome| matches!(outcome, Ok(Posted::New(_)))).collect();
    assert_eq!(kept, [true, false, true, true]);
    store.close().await;
}

#[tokio::test]
async fn what_is_committed_into_a_file_that_is_gone_by_then_is_not_acknowledged() {
    for name in ["say-so.db", "say-so.db-wal"] {
        let folder = tempdir().unwrap();
        let store = store(&file_in(&folder)).await;
        assert!(matches!(store.keep(post(0, "praise")).await, Ok(Posted::New(_))));
        let held = store.writer.acquire().await.unwrap();
        // Then the file has been looked at, and was there.
        let keeping = begin(&store, 1).await;
        std::fs::remove_file(folder.path().join(name)).unwrap();
        drop(held);
        let outcome = keeping.await.unwrap();
        assert!(matches!(outcome, Err(Error::Unfit(Fault::Gone))), "{name}: {outcome:?}");
        store.close().await;
    }
}

#[tokio::test]
async fn what_waits_is_kept_before_the_end() {
    let folder = tempdir().unwrap();
    let address = database(&folder);
    let store = store(&address).await;
    let held = hold(&store.writer, &address).await;
    let keeping = join_all((0..5).map(|number| store.keep(post(number % 3, "praise"))));
    let (outcomes, ()) = tokio::join!(keeping, async {
        drop(held);
        store.writing.stop().await;
    });
    let first = |outcome: &&Result<Posted, Error>| matches!(outcome, Ok(Posted::New(_)));
    let again = |outcome: &&Result<Posted, Error>| matches!(outcome, Ok(Posted::Again(_)));
    let of = |is: fn(&&Result<Posted, Error>) -> bool| outcomes.iter().filter(is).count();
    assert_eq!((of(first), of(again)), (3, 2), "{outcomes:?}");
    assert!(matches!(store.keep(post(9, "praise")).await, Err(Error::Busy)));
    store.close().await;
}

#[tokio::test]
async fn a_batch_that_panics_takes_no_other_with_it() {
    for at_once in [1, 2] {
        let (waiting, jobs) = mpsc::channel(3);
        let answers: Vec<_> = [0, 1, 1]
            .map(|number| {
                let (answer, answered) = oneshot::channel();
                let waiting = waiting.try_send(Job::Keep(Box::new(Waiting { post: post(number, "praise"), answer })));
                assert!(waiting.is_ok());
                answered
            })
            .into();
        drop(waiting);
        let begun = AtomicU64::new(0);
        run(jobs, at_once, |batch| {
            let first = begun.fetch_add(1, Ordering::Relaxed) == 0;
            async move {
                assert!(!first, "the first one panics");
                batch.refuse(&Error::Busy);
            }
        })
        .await;
        let answers = join_all(answers).await;
        assert!(matches!(answers[..], [Err(_), Err(_), Ok(Err(Error::Busy))]), "{at_once}: {answers:?}");
    }
}

#[tokio::test]
async fn so_many_batches_are_under_way_at_once() {
    for at_once in [1, 2] {
        let (waiting, jobs) = mpsc::channel(3);
        // Posts of one message never share a batch.
        for _ in 0..3 {
            let job = Job::Keep(Box::new(Waiting { post: post(0, "praise"), answer: oneshot::channel().0 }));
            assert!(waiting.try_send(job).is_ok());
        }
        drop(waiting);
        let (begun, gate) = (Arc::new(AtomicU64::new(0)), Arc::new(Semaphore::new(0)));
        let running = run(jobs, at_once, |_| {
            begun.fetch_add(1, Ordering::Relaxed);
            let gate = gate.clone();
            async move { gate.acquire().await.unwrap().forget() }
        });
        let watching = async {
            for ended in 0..3 {
                let expected = (ended + at_once as u64).min(3);
                until(|| begun.load(Ordering::Relaxed) >= expected).await;
                for _ in 0..100 {
                    tokio::task::yield_now().await;
                }
                assert_eq!(begun.load(Ordering::Relaxed), expected, "{at_once}");
                gate.add_permits(1);
            }
        };
        timeout(Duration::from_secs(20), async { tokio::join!(running, watching) })
            .await
            .expect("one waits for another");
    }
}
