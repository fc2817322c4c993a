//! How many threads work, and the pool they come from.
//!
//! The pool is paimana's own and belongs to one process: a forked child, which inherits a pool without its threads,
//! leaks it and builds another at its first use. What is small runs on the calling thread and touches no pool. Results
//! never depend on the number of threads: tasks are cut by the data alone and write to places of their own.

use super::cancel::{Cancel, PAUSE};
use crate::error::{Error, Result};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, OnceLock};

/// Below so many values, handing the work to other threads costs more than it gains.
const WORTHWHILE: usize = 1 << 16;

/// So many values are worked on before the user is listened to again.
const HEARING: usize = 1 << 12;

/// More threads are no help on any machine, and a hundred thousand of them stop it.
pub const MOST: usize = 1024;

/// The number of threads asked for; 0 until it is set or first needed.
static THREADS: AtomicUsize = AtomicUsize::new(0);

struct Pool {
    process: u32,
    threads: usize,
    workers: Arc<ThreadPool>,
}

static POOL: Mutex<Option<Pool>> = Mutex::new(None);

/// The process that held the pool last.
static OWNER: AtomicU32 = AtomicU32::new(0);

/// The number of threads that work on a call: as set, else `PAIMANA_NUM_THREADS`, else all cores.
///
/// # Errors
/// `PAIMANA_NUM_THREADS` is no number of threads.
pub fn threads() -> Result<usize> {
    match THREADS.load(Ordering::Relaxed) {
        0 => {
            let threads = from_environment()?.unwrap_or_else(cores);
            THREADS.store(threads, Ordering::Relaxed);
            Ok(threads)
        }
        set => Ok(set),
    }
}

/// Sets the number of threads.
///
/// # Errors
/// Zero threads, or too many.
pub fn set_threads(threads: usize) -> Result<()> {
    if !(1..=MOST).contains(&threads) {
        return Err(Error::invalid(format!("the number of threads must be from 1 to {MOST}, not {threads}")));
    }
    THREADS.store(threads, Ordering::Relaxed);
    Ok(())
}

fn from_environment() -> Result<Option<usize>> {
    let Some(asked) = std::env::var_os("PAIMANA_NUM_THREADS").filter(|asked| !asked.is_empty()) else {
        return Ok(None);
    };
    let number = asked.to_str().and_then(|text| text.trim().parse().ok()).filter(|n| (1..=MOST).contains(n));
    number.map(Some).ok_or_else(|| {
        let asked = asked.display();
        Error::invalid(format!(
            "PAIMANA_NUM_THREADS must be a number of threads from 1 to {MOST}, not \"{asked}\""
        ))
    })
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(MOST)
}

/// The pool of this process with this many threads, if it can be had.
fn pool(threads: usize) -> Option<Arc<ThreadPool>> {
    // A fork may have happened while another thread held the lock, for ever as the child sees it: then the child works on
    // one thread.
    let process = std::process::id();
    let same = OWNER.load(Ordering::Acquire) == process;
    let mut held = if same { POOL.lock().ok()? } else { POOL.try_lock().ok()? };
    OWNER.store(process, Ordering::Release);
    if let Some(known) = held.as_ref()
        && known.process == process
        && known.threads == threads
    {
        return Some(Arc::clone(&known.workers));
    }
    let built =
        ThreadPoolBuilder::new().num_threads(threads).thread_name(|i| format!("paimana-{i}")).build().ok()?;
    let built = Arc::new(built);
    let known = Pool { process, threads, workers: Arc::clone(&built) };
    if let Some(old) = held.replace(known)
        && old.process != process
    {
        std::mem::forget(old); // its threads stayed in the parent, and the locks that to end them takes may be held
    }
    Some(built)
}

/// Runs numbered tasks, each on a part of the data of its own, until all are done or the call is interrupted.
///
/// `size` is the number of values in all.
///
/// # Errors
/// The call was interrupted.
pub fn run(tasks: usize, size: usize, cancel: &Cancel<'_>, task: &(dyn Fn(usize) + Sync)) -> Result<()> {
    let guarded = |i| {
        if !cancel.known() {
            task(i);
        }
    };
    let ended = || if cancel.known() { Err(Error::Interrupted) } else { Ok(()) };
    let threads = threads()?;
    let Some(pool) = (threads.min(tasks) > 1 && size >= WORTHWHILE).then(|| pool(threads)).flatten() else {
        let pause = (HEARING.saturating_mul(tasks) / size.max(1)).max(1);
        for i in 0..tasks {
            if i > 0 && i % pause == 0 {
                cancel.asked();
            }
            guarded(i);
        }
        return ended();
    };
    let all = || (0..tasks).into_par_iter().with_max_len(1).for_each(guarded);
    if pool.current_thread_index().is_some() {
        all(); // a worker that waits for others would keep them from their work
    } else {
        pool.in_place_scope(|scope| {
            let (done, finished) = channel::<()>();
            scope.spawn(move |_| {
                all();
                drop(done); // wakes the thread that listens to the user
            });
            while finished.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                cancel.asked();
            }
        });
    }
    ended()
}

/// Runs numbered tasks as `run` does, and gives what each of them found, in their order.
///
/// # Errors
/// The call was interrupted.
pub fn collect<T: Send + Sync>(
    tasks: usize,
    size: usize,
    cancel: &Cancel<'_>,
    task: &(dyn Fn(usize) -> T + Sync),
) -> Result<Vec<T>> {
    let found: Vec<OnceLock<T>> = (0..tasks).map(|_| OnceLock::new()).collect();
    run(tasks, size, cancel, &|i| {
        if let Some(place) = found.get(i) {
            place.get_or_init(|| task(i));
        }
    })?;
    Ok(found.into_iter().filter_map(OnceLock::into_inner).collect())
}
