//! Running scenarios: each is one test in each engine.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    pin::Pin,
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, Result, anyhow};
use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;

use crate::{Engine, Look, Scene, collector::target, drivers::Drivers};

/// A test: its name and what it does.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// The name, such as `keyboard::escape_closes`.
    pub name: &'static str,
    /// The engines it makes sense in.
    pub engines: &'static [Engine],
    /// What it does.
    pub play: Play,
}

/// An `async fn(&Scene) -> Result<()>` as a pointer.
pub type Play = for<'a> fn(&'a Scene) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// Lists functions as scenarios for every engine, or for those that stand behind the name: `wheel in Chromium`.
#[macro_export]
macro_rules! scenarios {
    (@engines) => { $crate::Engine::ALL };
    (@engines $($engine:ident)+) => { [$($crate::Engine::$engine),+] };
    ($($module:ident::{$($name:ident $(in $($engine:ident)|+)?),+ $(,)?}),+ $(,)?) => {
        [$($($crate::Scenario {
            name: concat!(stringify!($module), "::", stringify!($name)),
            engines: &$crate::scenarios!(@engines $($($engine)+)?),
            play: |scene| Box::pin($module::$name(scene)),
        }),+),+]
    };
}

/// Runs the scenarios that the command line names, as `cargo test` does, and ends the drivers.
pub fn run(scenarios: &[Scenario]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // All are begun at once, and wait for a browser: that costs nothing, and no engine waits for another.
    let tests = scenarios.iter().map(|scenario| scenario.engines.len()).sum();
    arguments.test_threads.get_or_insert(tests);
    let runtime = match Runtime::new() {
        Ok(runtime) => Arc::new(runtime),
        Err(error) => {
            eprintln!("error: no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let drivers = Arc::new(Drivers::default());
    let trials = scenarios.iter().flat_map(|scenario| scenario.engines.iter().map(|engine| (*scenario, *engine)));
    let trials = trials.map(|(scenario, engine)| {
        let (runtime, drivers) = (Arc::clone(&runtime), Arc::clone(&drivers));
        let name = format!("{engine}::{}", scenario.name);
        Trial::test(name.clone(), move || {
            let scene = runtime.block_on(Scene::set(&drivers, engine, None));
            let played =
                scene.and_then(|scene| play(&runtime, scene, async |scene| (scenario.play)(scene).await, &name));
            played.map_err(|error| Failed::from(format!("{error:#}")))
        })
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    runtime.block_on(drivers.close());
    conclusion.exit_code()
}

/// Shows one scene in Chromium, outside of any test.
///
/// # Errors
/// If the scene can't be set, or something on the page goes wrong.
pub fn show(look: Look, play: impl AsyncFn(&Scene) -> Result<()>) -> Result<()> {
    let runtime = Runtime::new()?;
    let drivers = Drivers::default();
    let scene = runtime.block_on(Scene::set(&drivers, Engine::Chromium, Some(look)))?;
    self::play(&runtime, scene, async |scene| play(scene).await, "show")
}

/// Plays on a stage and clears it, however that went.
fn play(runtime: &Runtime, scene: Scene, play: impl AsyncFnOnce(&Scene) -> Result<()>, name: &str) -> Result<()> {
    let played = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            play(&scene).await?;
            scene.judge().await
        })
    }));
    let result = played.unwrap_or_else(|panic| Err(anyhow!("panicked: {}", message(&*panic))));
    let result = match result {
        Ok(()) => Ok(()),
        Err(error) => {
            let evidence = match picture(name) {
                Ok(picture) => runtime.block_on(scene.evidence(Path::new(&picture))),
                Err(error) => error.to_string(),
            };
            Err(anyhow!("{error:#}\n{evidence}"))
        }
    };
    let went_well = result.is_ok();
    result.and(runtime.block_on(scene.close(went_well)))
}

/// Where the picture of a failed test goes.
fn picture(name: &str) -> Result<std::path::PathBuf> {
    let folder = target()?.join("browsers");
    fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    Ok(folder.join(format!("{}.png", name.replace("::", "-"))))
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}
