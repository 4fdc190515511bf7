//! Operations become instructions.

use super::compiler::{Compiler, shared};
use super::scope::Scope;
use crate::base::{CallIx, EdgeIx, NodeIx, Pc};
use crate::scenario::model::step::{Arm, Call, DrawnTimes, Repeat, Step, Steps, Times};
use crate::scenario::plan::{Action, CallPlan, EdgePlan, Instruction, NodeKind, RetryPlan};

impl Compiler<'_> {
    /// Compiles one operation of a node; says where it begins.
    pub fn operation(&mut self, node: NodeIx, name: &str, steps: &Steps) -> Pc {
        self.scope = Scope::of(name);
        let entry = self.here();
        self.steps(node, steps);
        self.emit(Instruction::End);
        entry
    }

    pub fn steps(&mut self, node: NodeIx, steps: &Steps) {
        for step in steps.iter() {
            self.step(node, step);
        }
    }

    fn step(&mut self, node: NodeIx, step: &Step) {
        let instruction = match step {
            Step::Work(dist) => Instruction::Work(self.dist(dist.compile())),
            Step::Sleep(dist) => Instruction::Sleep(self.dist(dist.compile())),
            Step::Respond(_) => Instruction::Respond,
            Step::Fail(fail) => Instruction::Fail(fail.probability),
            Step::Publish(publish) => Instruction::Publish(self.publish(node, publish)),
            Step::Call(call) => return self.call(node, call),
            Step::All(branches) => return self.all(node, branches),
            Step::Choose(arms) => return self.choose(node, arms),
            Step::Repeat(repeat) => return self.repeat(node, repeat),
            Step::Ask(ask) => Instruction::Ask(self.ask(node, ask)),
            Step::Read(read) => self.read(node, read),
            Step::Write(write) => self.write(node, write),
            Step::Project(project) => self.access(node, &project.to, Action::Project, None),
            Step::Saga(steps) => return self.saga(node, steps),
            Step::Window(window) => self.window(node, window),
        };
        self.emit(instruction);
    }

    /// The call, then its fallback, which ends with a `Goto` past itself.
    fn call(&mut self, node: NodeIx, call: &Call) {
        let callee = self.node(&call.to);
        let NodeKind::Service(service) = self.plan.nodes[callee.at()].kind else {
            unreachable!("refused by the reader: no service")
        };
        let op = self.find_operation(service, &call.operation);
        let edge = self.edge(EdgePlan { from: node, to: callee, op });
        let plan = CallPlan {
            edge,
            policies: self.policies(edge, call),
            op,
            out: self.link(node, callee),
            back: self.link(callee, node),
            timeout: call.timeout,
            retry: call.retry.unwrap_or(RetryPlan::NONE),
            retry_host: call.retry_host,
            fallback: None,
            next: Pc::default(),
        };
        self.plan.calls.push(plan);
        let ix = CallIx(self.plan.calls.len() as u32 - 1);
        self.emit(Instruction::Call(ix));
        if let Some(fallback) = &call.fallback {
            self.plan.calls[ix.at()].fallback = Some(self.here());
            self.steps(node, fallback);
            let end = Pc(self.here().0 + 1);
            self.emit(Instruction::Goto(end));
        }
        self.plan.calls[ix.at()].next = self.here();
    }

    fn edge(&mut self, edge: EdgePlan) -> EdgeIx {
        EdgeIx(shared(&mut self.plan.edges, edge))
    }

    fn all(&mut self, node: NodeIx, branches: &[Steps]) {
        let (first, count) = (self.plan.branches.len(), branches.len());
        // A branch may fork too, and its branches must not come between ours.
        self.plan.branches.resize(first + count, Pc::default());
        let fork = Instruction::Fork { first: first as u32, count: count as u32, next: Pc::default() };
        let at = self.emit(fork);
        for (branch, steps) in branches.iter().enumerate() {
            self.plan.branches[first + branch] = self.here();
            self.scope.depth += 1;
            self.steps(node, steps);
            self.scope.depth -= 1;
            self.emit(Instruction::Join);
        }
        let end = self.here();
        if let Instruction::Fork { next, .. } = &mut self.plan.code[at] {
            *next = end;
        }
    }

    /// How often, the turn, then the steps, which end with a `Goto` back to the turn.
    fn repeat(&mut self, node: NodeIx, repeat: &Repeat) {
        let begin = self.emit(Instruction::Repeat { level: 0, turns: 0 });
        let turn = Pc(begin as u32 + 1);
        self.emit(Instruction::Turn { level: 0, next: Pc::default() });
        self.steps(node, &repeat.steps);
        self.emit(Instruction::Goto(turn));
        let inner = self.plan.code[turn.at() + 1..].iter();
        let inner = inner.filter_map(|instruction| match instruction {
            Instruction::Turn { level, .. } => Some(level + 1),
            _ => None,
        });
        let (level, next) = (inner.max().unwrap_or(0), self.here());
        self.plan.code[turn.at()] = Instruction::Turn { level, next };
        self.plan.code[begin] = match repeat.times {
            Times::Exactly(turns) => Instruction::Repeat { level, turns },
            Times::Drawn(DrawnTimes::Geometric(mean)) => Instruction::RepeatGeometric { level, mean },
        };
    }

    fn choose(&mut self, node: NodeIx, arms: &[Arm]) {
        let (first, count) = (self.plan.arms.len(), arms.len());
        self.plan.arms.resize(first + count, (1.0, Pc::default()));
        self.emit(Instruction::Choose { first: first as u32, count: count as u32 });
        let total: f64 = arms.iter().map(|arm| arm.weight).sum();
        let mut sum = 0.0;
        let mut gotos = Vec::with_capacity(count);
        for (arm, written) in arms.iter().enumerate() {
            sum += written.weight;
            // From the last arm that can be chosen on, rounding must not leave a gap below 1.
            let rest_is_zero = arms.iter().skip(arm + 1).all(|later| later.weight == 0.0);
            let cumulative = if rest_is_zero { 1.0 } else { sum / total };
            self.plan.arms[first + arm] = (cumulative, self.here());
            self.steps(node, &written.then);
            gotos.push(self.emit(Instruction::Goto(Pc::default())));
        }
        let end = self.here();
        for at in gotos {
            self.plan.code[at] = Instruction::Goto(end);
        }
    }
}
