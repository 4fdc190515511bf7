//! How the stages are looked at: their layouts, their cameras, and the fingers on them.

use crate::base::NodeIx;
use crate::session::{Session, VariantRun};
use crate::ui::canvas::fingers::Fingers;
use crate::ui::canvas::sizes::{STAGES, Sizes};
use crate::ui::model::side::Side;
use crate::view::{Camera, Hit, Layout, Pin, Point, Pointer, Rect, Size, hit};

/// Where nodes were asked to stand, by [`NodeIx`].
pub type Positions = Vec<Option<[f32; 2]>>;

/// The stages, A first.
#[derive(Default)]
pub struct Stages {
    /// The fingers on each.
    pub fingers: [Fingers; STAGES],
    /// Which one is seen where there is room for one.
    pub front: Side,
    /// Somebody does not want things to move.
    pub reduced_motion: bool,
    /// What holds cards where somebody put them.
    pub pins: [Option<Pin>; STAGES],
    /// As large as the whole fits.
    layouts: [Option<Layout>; STAGES],
    /// As their cameras see them.
    views: [View; STAGES],
}

impl Stages {
    /// Another run begins.
    pub fn forget(&mut self) {
        self.layouts = Default::default();
        self.views = Default::default();
        self.pins = Default::default();
    }

    /// Cards are to stand elsewhere: the stages are laid out anew, and looked at as before.
    pub fn forget_layouts(&mut self) {
        self.layouts = Default::default();
    }

    /// A stage as large as the whole fits.
    pub fn fitted(&self, side: Side) -> Option<&Layout> {
        self.layouts[side.at()].as_ref()
    }

    /// Moves cards of a stage, until it is laid out anew; `by` is on the stage as large as the whole fits.
    pub fn shift(&mut self, side: Side, nodes: &[NodeIx], by: Point) {
        if let Some(layout) = &mut self.layouts[side.at()] {
            layout.shift(nodes, by);
            self.views[side.at()].seen = None;
        }
    }

    /// How a stage is looked at.
    pub fn camera(&self, side: Side) -> Camera {
        self.views[side.at()].camera
    }

    /// A stage as it is seen; none where nothing is laid out yet.
    pub fn seen(&self, side: Side) -> Option<&Layout> {
        let view = &self.views[side.at()];
        let fitted = self.layouts[side.at()].as_ref()?;
        Some(view.seen.as_ref().filter(|_| !view.camera.is_fit()).unwrap_or(fitted))
    }

    /// Changes how a stage of this size is looked at; true if it has come to a bound or left one.
    pub fn look(&mut self, side: Side, size: Size, change: impl FnOnce(Camera, Size) -> Camera) -> bool {
        let camera = &mut self.views[side.at()].camera;
        let bounds = |camera: &Camera| (camera.is_fit(), camera.zoom() >= Camera::MOST);
        let before = bounds(camera);
        *camera = change(*camera, size);
        before != bounds(camera)
    }

    /// Where a part of a stage is on the layout of the whole.
    pub fn place(&self, side: Side, part: Hit) -> Option<Rect> {
        self.layouts[side.at()].as_ref()?.place(part)
    }

    /// The layout that is seen, and the point of it that is at a point of the canvas.
    pub fn point(&self, side: Side, at: Point) -> Option<(&Layout, Point)> {
        let layout = self.seen(side)?;
        let Rect { x, y, .. } = layout.window;
        Some((layout, Point { x: at.x + x, y: at.y + y }))
    }

    /// What is at a point of the canvas, which has this size.
    pub fn hit(&self, session: &Session, side: Side, size: Size, at: Point, touch: bool) -> Option<Hit> {
        let variant = session.variants().get(side.at())?;
        let (layout, at) = self.point(side, at)?;
        let pointer = Pointer { touch, speed: session.speed(), reduced_motion: self.reduced_motion };
        // A layout may be of the plan that was there before.
        let fits = self.layouts[side.at()].as_ref()?.fits(variant.plan(), size);
        fits.then(|| hit(layout, variant, at, &pointer))?
    }

    /// Lays the stages out anew where one no longer fits, all in the same scale, so that they can be compared; and
    /// moves what is magnified to where its camera looks.
    /// `positions` says where the nodes of a variant were asked to stand.
    pub fn lay_out(&mut self, session: &Session, sizes: &Sizes, positions: impl Fn(usize) -> Positions) {
        let variants = session.variants();
        let shown: Vec<_> =
            (0..variants.len().min(STAGES)).filter_map(|at| Some((at, sizes.stages[at]?))).collect();
        let fits = |(at, size): &(usize, Size)| {
            self.layouts[*at].as_ref().is_some_and(|layout| layout.fits(variants[*at].plan(), *size))
        };
        if !shown.iter().all(fits) {
            self.lay_out_anew(variants, &shown, &positions);
        }
        for (at, size) in shown {
            if let Some(layout) = &self.layouts[at] {
                self.views[at].look_at(layout, &variants[at], size);
            }
        }
    }

    fn lay_out_anew(
        &mut self,
        variants: &[VariantRun],
        shown: &[(usize, Size)],
        positions: &impl Fn(usize) -> Positions,
    ) {
        let natural: Vec<Layout> = shown
            .iter()
            .map(|(at, size)| Layout::new(variants[*at].plan(), &positions(*at), *size))
            .collect();
        let smallest = natural.iter().min_by(|a, b| a.measure().total_cmp(&b.measure()));
        let Some(smallest) = smallest else { return };
        for &(at, size) in shown {
            let (plan, positions) = (variants[at].plan(), positions(at));
            let pinned = self.pins[at].and_then(|pin| Layout::pinned(plan, &positions, size, &pin));
            let layout = pinned.unwrap_or_else(|| Layout::beside(plan, &positions, size, smallest));
            self.layouts[at] = Some(layout);
            self.views[at].seen = None;
        }
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
    /// Looks at a layout that fits a stage of this size.
    fn look_at(&mut self, fitted: &Layout, variant: &VariantRun, size: Size) {
        self.camera = self.camera.clamp(size);
        if self.camera.is_fit() {
            return;
        }
        if self.zoom != self.camera.zoom() {
            self.seen = None;
        }
        self.zoom = self.camera.zoom();
        let camera = self.camera;
        self.seen.get_or_insert_with(|| fitted.seen_by(variant.plan(), &camera)).look(&camera);
    }
}
