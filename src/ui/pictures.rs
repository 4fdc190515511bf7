//! All canvases of the page: which picture goes on which, and when it is painted.

use web_sys::ResizeObserver;

use super::browser::{REDUCED_MOTION, matches, window};
use super::camera::Fingers;
use super::charts::{Charts, PLACES, contents};
use super::painter::Painter;
use super::run::Run;
use super::surface::Surface;
use super::traces::Traces;
use crate::lesson::Counterpart;
use crate::session::Lane;
use crate::view::inspector::Subject;
use crate::view::{self, Camera, Hit, Layout, Point, Pointer, Rect, Size, StageOptions, Theme};

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
    /// The chosen trace.
    pub waterfall: Surface,
    /// The chart of a curve that is guessed.
    pub guess: Surface,
    /// That chart has changed since it was painted.
    pub guessed: bool,
    /// The fingers on the stages.
    pub fingers: Fingers,
    /// What is selected or has the focus: in which lane, and what.
    pub selected: Option<(usize, Subject)>,
    /// What is under the pointer: in which lane, and what.
    pub hovered: Option<(usize, Hit)>,
    /// What a word means that somebody points at.
    pub meant: Option<Counterpart>,
    /// Something has changed since the last painting.
    pub stale: bool,
    layouts: [Option<Layout>; 2],
    /// The stages as their cameras see them.
    views: [View; 2],
    /// How many pixels of the page one of a picture is: more than one where everything is drawn larger.
    larger: f32,
    pub(super) painter: Option<Painter>,
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
            waterfall: Surface::new(),
            guess: Surface::new(),
            guessed: true,
            fingers: Fingers::default(),
            selected: None,
            hovered: None,
            meant: None,
            stale: true,
            layouts: [None, None],
            views: Default::default(),
            larger: 1.0,
            painter: None,
            reduced_motion: matches(REDUCED_MOTION),
            turn: 0,
            due: 0,
        }
    }

    /// Another run begins.
    pub fn forget(&mut self) {
        self.layouts = [None, None];
        self.views = Default::default();
        self.stale = true;
    }

    /// Colours or the wish for rest have changed.
    pub fn refresh(&mut self) {
        self.painter = None;
        self.reduced_motion = matches(REDUCED_MOTION);
        (self.stale, self.guessed) = (true, true);
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
        let (scale, larger) = (window().device_pixel_ratio(), self.larger);
        let mut changed = false;
        for surface in self.surfaces() {
            changed |= surface.measure(scale, larger);
        }
        if changed {
            (self.stale, self.guessed) = (true, true);
        }
    }

    /// Paints what has changed.
    pub fn paint(&mut self, run: &Run, charts: &Charts, traces: &Traces, theme: Theme) {
        let scale = window().device_pixel_ratio() * f64::from(theme.larger());
        if !self.painter.as_ref().is_some_and(|painter| painter.fits(theme, scale)) {
            self.painter = Some(Painter::new(theme, scale));
            self.larger = theme.larger();
            self.measure();
            self.stale = true;
        }
        if std::mem::take(&mut self.stale) {
            self.due = self.charts.iter().filter(|surface| surface.size().is_some()).count() + 1;
            self.stages(run, traces);
            self.traced(run, traces);
        }
        if std::mem::take(&mut self.guessed) {
            self.curve(run);
        }
        if self.due > 0 {
            self.due -= 1;
            self.chart(run, charts, traces);
        }
    }

    fn stages(&mut self, run: &Run, traces: &Traces) {
        self.lay_out(run);
        let lanes = run.session.lanes();
        let Some(painter) = &mut self.painter else { return };
        for (at, (lane, surface)) in lanes.iter().zip(&mut self.panes).enumerate() {
            let (Some(size), Some(layout)) = (surface.size(), &self.layouts[at]) else { continue };
            let layout = self.views[at].of(layout, lane, size);
            let own = |of: usize| of == at;
            let selected = self.selected.filter(|(of, _)| own(*of)).map(|(_, subject)| subject);
            let hovered = self.hovered.filter(|(of, _)| own(*of)).map(|(_, hit)| hit);
            let traced = traces.places(run, at);
            let options = StageOptions {
                badge: if lanes.len() > 1 { BADGES[at] } else { "" },
                label: lane.label(),
                speed: run.session.speed(),
                reduced_motion: self.reduced_motion,
                selected: selected.and_then(|subject| subject.hit(lane)),
                hovered,
                traced: &traced,
                meant: self.meant,
            };
            view::stage(&mut surface.sketch, lane, layout, &options);
            surface.paint(painter);
        }
    }

    /// Changes how a lane's stage is looked at; true if it has come to a bound or left one.
    pub fn look(&mut self, lane: usize, change: impl FnOnce(Camera, Size) -> Camera) -> bool {
        let Some(size) = self.panes.get(lane).and_then(Surface::size) else { return false };
        let camera = &mut self.views[lane].camera;
        let bounds = |camera: &Camera| (camera.is_fit(), camera.zoom() >= Camera::MOST);
        let before = bounds(camera);
        *camera = change(*camera, size);
        self.stale = true;
        before != bounds(camera)
    }

    /// Moves a lane's camera, where not all is seen, no further than it takes to see a part of the stage.
    pub fn reveal(&mut self, lane: usize, part: Hit) {
        let layout = self.layouts.get(lane).and_then(Option::as_ref);
        if let Some(place) = layout.and_then(|layout| layout.place(part)) {
            self.look(lane, |camera, size| camera.showing(place, size));
        }
    }

    /// How a lane's stage is looked at.
    pub fn camera(&self, lane: usize) -> Camera {
        self.views.get(lane).map_or(Camera::FIT, |view| view.camera)
    }

    /// The stage of a lane as it is seen, and the point of it that is at a point of its canvas in the page's pixels; none
    /// where nothing is drawn yet.
    pub fn stage_point(&self, lane: usize, at: Point) -> Option<(&Layout, Point)> {
        let (view, fitted) = (self.views.get(lane)?, self.layouts.get(lane)?.as_ref()?);
        let layout = view.seen.as_ref().filter(|_| !view.camera.is_fit()).unwrap_or(fitted);
        let Rect { x, y, .. } = layout.window;
        let at = at.over(self.larger);
        Some((layout, Point { x: at.x + x, y: at.y + y }))
    }

    /// How many pixels of the page one of a picture is.
    pub fn larger(&self) -> f32 {
        self.larger
    }

    /// What is at a point of the canvas of a lane.
    pub fn hit(&self, run: &Run, lane: usize, point: Point, touch: bool) -> Option<Hit> {
        let of = run.session.lanes().get(lane)?;
        let (layout, at) = self.stage_point(lane, point)?;
        let pointer = Pointer { touch, speed: run.session.speed(), reduced_motion: self.reduced_motion };
        // A layout may be of the plan that was there before.
        let fits = self.layouts[lane].as_ref()?.fits(of.plan(), self.panes[lane].size()?);
        fits.then(|| view::hit(layout, of, at, &pointer))?
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
            self.views[at].seen = None;
        }
    }

    /// One chart, or the timeline, in turn.
    fn chart(&mut self, run: &Run, charts: &Charts, traces: &Traces) {
        let Some(painter) = &mut self.painter else { return };
        let next = (self.turn..PLACES).find(|place| self.charts[*place].size().is_some());
        self.turn = next.map_or(0, |place| place + 1);
        let surface = next.map_or(&mut self.timeline, |place| &mut self.charts[place]);
        let Some(size) = surface.size() else { return };
        match next.map(|place| charts.id(place)) {
            Some(Some(id)) => {
                view::chart(&mut surface.sketch, &contents(run, &id, traces), size, charts.cross);
            }
            Some(None) => return,
            None => view::timeline(&mut surface.sketch, &run.session, size, charts.cross),
        }
        surface.paint(painter);
    }

    /// The waterfall, with the stages: what the pointer is at answers at once.
    fn traced(&mut self, run: &Run, traces: &Traces) {
        let Some(painter) = &mut self.painter else { return };
        if self.waterfall.size().is_some() {
            traces.paint(run, &mut self.waterfall);
            self.waterfall.paint(painter);
        }
    }

    fn surfaces(&mut self) -> impl Iterator<Item = &mut Surface> {
        self.panes.iter_mut().chain(&mut self.charts).chain([
            &mut self.timeline,
            &mut self.waterfall,
            &mut self.guess,
        ])
    }
}

/// How a stage is looked at, and what is seen of it then.
#[derive(Default)]
struct View {
    camera: Camera,
    /// The magnified layout, for the zoom that it was made for.
    seen: Option<Layout>,
    zoom: f32,
}

impl View {
    /// What is to be drawn of a layout that fits a stage of this size.
    fn of<'a>(&'a mut self, fitted: &'a Layout, lane: &Lane, size: Size) -> &'a Layout {
        self.camera = self.camera.clamp(size);
        if self.camera.is_fit() {
            return fitted;
        }
        if self.zoom != self.camera.zoom() {
            self.seen = None;
        }
        self.zoom = self.camera.zoom();
        let camera = self.camera;
        let seen = self.seen.get_or_insert_with(|| fitted.seen_by(lane.plan(), &camera));
        seen.look(&camera);
        seen
    }
}
