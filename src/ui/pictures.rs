//! All canvases of the page: which picture goes on which, and when it is painted.

use web_sys::ResizeObserver;

use super::browser::{REDUCED_MOTION, matches, window};
use super::charts::{Charts, PLACES};
use super::painter::Painter;
use super::run::Run;
use super::surface::Surface;
use crate::view::{self, Layout, Size, StageOptions, Theme};

/// The letters of the lanes.
const BADGES: [&str; 2] = ["A", "B"];

/// The canvases, the painter, and the layouts of the stages.
pub struct Pictures {
    /// The stages, A first.
    pub panes: [Surface; 2],
    /// The charts, by their places; those that are not shown have no canvas.
    pub charts: [Surface; PLACES],
    /// The line of what has happened.
    pub timeline: Surface,
    /// Something has changed since the last painting.
    pub stale: bool,
    layouts: [Option<Layout>; 2],
    painter: Option<Painter>,
    reduced_motion: bool,
    /// Which chart is painted next; one a frame, for they change slowly.
    turn: usize,
    /// How many charts are still to be painted since something changed.
    due: usize,
}

impl Pictures {
    /// No canvas yet.
    pub fn new() -> Pictures {
        Pictures {
            panes: std::array::from_fn(|_| Surface::new()),
            charts: std::array::from_fn(|_| Surface::new()),
            timeline: Surface::new(),
            stale: true,
            layouts: [None, None],
            painter: None,
            reduced_motion: matches(REDUCED_MOTION),
            turn: 0,
            due: 0,
        }
    }

    /// Another run begins.
    pub fn forget(&mut self) {
        self.layouts = [None, None];
        self.stale = true;
    }

    /// Colours or the wish for rest have changed.
    pub fn refresh(&mut self) {
        self.painter = None;
        self.reduced_motion = matches(REDUCED_MOTION);
        self.stale = true;
    }

    /// Takes the canvases that the page has now.
    pub fn attach(&mut self, observer: &ResizeObserver) {
        for surface in self.surfaces() {
            surface.attach(observer);
        }
        self.measure();
    }

    /// Reads the canvases' sizes.
    pub fn measure(&mut self) {
        let scale = window().device_pixel_ratio();
        let mut changed = false;
        for surface in self.surfaces() {
            changed |= surface.measure(scale);
        }
        if changed {
            self.stale = true;
        }
    }

    /// Paints what has changed.
    pub fn paint(&mut self, run: &Run, charts: &Charts, theme: Theme) {
        let scale = window().device_pixel_ratio();
        if !self.painter.as_ref().is_some_and(|painter| painter.fits(theme, scale)) {
            self.painter = Some(Painter::new(theme, scale));
            self.measure();
            self.stale = true;
        }
        if std::mem::take(&mut self.stale) {
            self.due = self.charts.iter().filter(|surface| surface.size().is_some()).count() + 1;
            self.stages(run);
        }
        if self.due > 0 {
            self.due -= 1;
            self.chart(run, charts);
        }
    }

    fn stages(&mut self, run: &Run) {
        self.lay_out(run);
        let lanes = run.session.lanes();
        let Some(painter) = &mut self.painter else { return };
        for (at, (lane, surface)) in lanes.iter().zip(&mut self.panes).enumerate() {
            let (Some(_), Some(layout)) = (surface.size(), &self.layouts[at]) else { continue };
            let options = StageOptions {
                badge: if lanes.len() > 1 { BADGES[at] } else { "" },
                label: lane.label(),
                speed: run.session.speed(),
                reduced_motion: self.reduced_motion,
                selected: None,
                hovered: None,
            };
            view::stage(&mut surface.sketch, lane, layout, &options);
            surface.paint(painter);
        }
    }

    /// Lays the stages out anew where one no longer fits; all in the same scale, so that they can be compared.
    fn lay_out(&mut self, run: &Run) {
        let lanes = run.session.lanes();
        let shown: Vec<_> = (0..lanes.len().min(self.panes.len()))
            .filter_map(|at| Some((at, self.panes[at].size()?)))
            .collect();
        let fits = |(at, size): &(usize, Size)| {
            self.layouts[*at].as_ref().is_some_and(|layout| layout.fits(lanes[*at].plan(), *size))
        };
        if shown.iter().all(fits) {
            return;
        }
        let natural: Vec<Layout> = shown
            .iter()
            .map(|(at, size)| Layout::new(lanes[*at].plan(), &view::positions(&lanes[*at]), *size))
            .collect();
        let smallest = natural.iter().min_by(|a, b| a.measure().total_cmp(&b.measure()));
        let Some(smallest) = smallest else { return };
        for (at, size) in shown {
            let lane = &lanes[at];
            self.layouts[at] = Some(Layout::beside(lane.plan(), &view::positions(lane), size, smallest));
        }
    }

    /// One chart, or the timeline, in turn.
    fn chart(&mut self, run: &Run, charts: &Charts) {
        let Some(painter) = &mut self.painter else { return };
        let next = (self.turn..PLACES).find(|place| self.charts[*place].size().is_some());
        self.turn = next.map_or(0, |place| place + 1);
        let surface = next.map_or(&mut self.timeline, |place| &mut self.charts[place]);
        let Some(size) = surface.size() else { return };
        match next.map(|place| charts.id(place)) {
            Some(Some(id)) => {
                view::chart(&mut surface.sketch, &run.session, &run.shown(), &id, size, charts.cross);
            }
            Some(None) => return,
            None => view::timeline(&mut surface.sketch, &run.session, size, charts.cross),
        }
        surface.paint(painter);
    }

    fn surfaces(&mut self) -> impl Iterator<Item = &mut Surface> {
        self.panes.iter_mut().chain(&mut self.charts).chain([&mut self.timeline])
    }
}
