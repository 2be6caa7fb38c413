//! Rules of qualification and scoring: made, changed, put in order, removed.

use super::stages::rank_at;
use super::{clean_name, decision};
use crate::domain::change::{Edit, EntityRef, Intent, IntentKind, Kind};
use crate::domain::command::qualify::{IcpDraft, QualifyCommand, RuleDraft};
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::frameworks::Template;
use crate::domain::gate::CriterionField;
use crate::domain::ids::{CriterionId, FrameworkId, IcpId, QuestionId, ScoreRuleId};
use crate::domain::qualify::{FrameworkField, QuestionField};
use crate::domain::query::condition::{Plain, Scope, Test, sentence};
use crate::domain::query::{fit, gate, qualify, score};
use crate::domain::rank::Rank;
use crate::domain::rule::Condition;
use crate::domain::scoring::{Axis, IcpField, ScoreRuleField};
use crate::domain::world::World;

pub(super) fn decide(
    world: &World,
    command: QualifyCommand,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    match command {
        QualifyCommand::SaveIcp { id, draft } => save_icp(world, id, draft, ctx),
        QualifyCommand::SaveRule { id, draft } => save_rule(world, id, *draft, ctx),
        QualifyCommand::SaveFramework { id, name, purpose } => {
            save_framework(world, id, &name, &purpose, ctx)
        }
        QualifyCommand::SaveQuestion {
            id,
            framework,
            name,
            text,
            weight,
        } => save_question(world, id, framework, (&name, &text, weight), ctx),
        QualifyCommand::AddTemplate(template) => add_template(world, template),
        QualifyCommand::Reorder { what, index } => reorder(world, what, index),
        QualifyCommand::Remove(what) => remove(world, what),
        // Decided by the caller.
        _ => Err(Refusal::Nothing),
    }
}

fn changed(text: String, edits: Vec<Edit>, focus: impl Into<EntityRef>) -> Decision {
    decision(
        Intent::new(IntentKind::EditRules, text),
        edits,
        Some(focus.into()),
    )
}

/// A condition in plain form; refused under `field` where it cannot be asked.
fn read(world: &World, condition: &Condition, scope: Scope) -> Result<Condition, Refusal> {
    Test::read(&world.state, condition, scope)
        .map(|test| test.condition())
        .map_err(|bad| Refusal::field("conditions", bad.message))
}

fn save_icp(
    world: &World,
    id: Option<IcpId>,
    draft: IcpDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    if let Some(id) = id {
        t.icp.get(id).ok_or(Refusal::Gone("The criterion"))?;
    }
    let condition = read(world, &draft.condition, Scope::Organisation)?;
    if !(1..=100).contains(&draft.weight) {
        return Err(Refusal::field("weight", "A weight lies between 1 and 100."));
    }
    let name = draft.name.trim().to_owned();
    let shown = match name.as_str() {
        "" => sentence(&world.state, &condition, &Plain),
        name => name.to_owned(),
    };
    let mut fields = vec![
        IcpField::Name(name),
        IcpField::Condition(Box::new(condition)),
        IcpField::Part(draft.part),
        IcpField::Weight(draft.weight),
    ];
    if id.is_none() {
        let all = fit::in_order(&world.state);
        let last = all.last().map(|c| &c.rank);
        fields.push(IcpField::Rank(Rank::between(last, None)));
    }
    let verb = if id.is_some() { "Changed" } else { "Added" };
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let edits = fields
        .into_iter()
        .map(|f| Edit::IcpCriterion(id, f))
        .collect();
    Ok(changed(
        format!("{verb} “{shown}” of the ideal customer"),
        edits,
        id,
    ))
}

fn save_rule(
    world: &World,
    id: Option<ScoreRuleId>,
    draft: RuleDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let old = match id {
        Some(id) => Some(t.score_rules.get(id).ok_or(Refusal::Gone("The rule"))?),
        None => None,
    };
    let name = clean_name("name", "A rule", &draft.name)?;
    let conditions: Result<Vec<Condition>, Refusal> = draft
        .conditions
        .iter()
        .map(|c| read(world, c, Scope::Scoring))
        .collect();
    let conditions = conditions?;
    let signal = draft.signal.filter(|_| draft.axis == Axis::Engagement);
    if conditions.is_empty() && signal.is_none() {
        return Err(Refusal::field(
            "conditions",
            "Add a condition: a rule that asks for nothing would count for every deal.",
        ));
    }
    if draft.points == 0 || draft.points.abs() > 1_000 {
        return Err(Refusal::field(
            "points",
            "Give 1 to 1,000 points, or take as many away.",
        ));
    }
    if draft
        .half_life
        .is_some_and(|days| !(1..=3_650).contains(&days))
    {
        return Err(Refusal::field(
            "half_life",
            "Give 1 to 3,650 days, or leave it empty.",
        ));
    }
    if draft.cap.is_some_and(|cap| !(1..=10_000).contains(&cap)) {
        return Err(Refusal::field(
            "cap",
            "Give 1 to 10,000 points, or leave it empty.",
        ));
    }
    let mut fields = vec![
        ScoreRuleField::Name(name.clone()),
        ScoreRuleField::Axis(draft.axis),
        ScoreRuleField::On(draft.on),
        ScoreRuleField::Conditions(conditions),
        ScoreRuleField::HalfLife(draft.half_life.filter(|_| signal.is_some())),
        ScoreRuleField::Cap(draft.cap.filter(|_| signal.is_some())),
        ScoreRuleField::Signal(signal),
        ScoreRuleField::Points(draft.points),
    ];
    if old.is_none_or(|old| old.axis != draft.axis) {
        let all = score::in_order(&world.state, draft.axis);
        let last = all.last().map(|r| &r.rank);
        fields.push(ScoreRuleField::Rank(Rank::between(last, None)));
    }
    let verb = if old.is_some() { "Changed" } else { "Added" };
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let edits = fields.into_iter().map(|f| Edit::ScoreRule(id, f)).collect();
    Ok(changed(format!("{verb} scoring rule {name}"), edits, id))
}

fn save_framework(
    world: &World,
    id: Option<FrameworkId>,
    name: &str,
    purpose: &str,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let name = clean_name("name", "A framework", name)?;
    let all = qualify::frameworks(&world.state);
    if let Some(id) = id {
        world
            .state
            .tables
            .frameworks
            .get(id)
            .ok_or(Refusal::Gone("The framework"))?;
    }
    if all
        .iter()
        .any(|f| Some(f.id) != id && f.name.to_lowercase() == name.to_lowercase())
    {
        return Err(Refusal::field(
            "name",
            format!("There is a framework called {name} already."),
        ));
    }
    let mut fields = vec![
        FrameworkField::Name(name.clone()),
        FrameworkField::Purpose(purpose.trim().to_owned()),
    ];
    if id.is_none() {
        fields.push(FrameworkField::Rank(Rank::between(
            all.last().map(|f| &f.rank),
            None,
        )));
    }
    let verb = if id.is_some() { "Changed" } else { "Added" };
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let edits = fields.into_iter().map(|f| Edit::Framework(id, f)).collect();
    Ok(changed(format!("{verb} framework {name}"), edits, id))
}

fn save_question(
    world: &World,
    id: Option<QuestionId>,
    framework: FrameworkId,
    (name, text, weight): (&str, &str, u8),
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    t.frameworks
        .get(framework)
        .ok_or(Refusal::Gone("The framework"))?;
    if let Some(id) = id {
        t.questions.get(id).ok_or(Refusal::Gone("The question"))?;
    }
    let name = clean_name("name", "A question", name)?;
    let all = qualify::questions(&world.state, framework);
    if all
        .iter()
        .any(|q| Some(q.id) != id && q.name.to_lowercase() == name.to_lowercase())
    {
        return Err(Refusal::field(
            "name",
            format!("There is a question about {name} already."),
        ));
    }
    if !(1..=10).contains(&weight) {
        return Err(Refusal::field("weight", "A weight lies between 1 and 10."));
    }
    let mut fields = vec![
        QuestionField::Name(name.clone()),
        QuestionField::Text(text.trim().to_owned()),
        QuestionField::Weight(weight),
    ];
    if id.is_none() {
        fields.insert(0, QuestionField::Framework(framework));
        fields.push(QuestionField::Rank(Rank::between(
            all.last().map(|q| &q.rank),
            None,
        )));
    }
    let verb = if id.is_some() { "Changed" } else { "Added" };
    let id = id.unwrap_or_else(|| ctx.ids.fresh());
    let edits = fields.into_iter().map(|f| Edit::Question(id, f)).collect();
    Ok(changed(
        format!("{verb} the question about {name}"),
        edits,
        framework,
    ))
}

fn add_template(world: &World, template: Template) -> Result<Decision, Refusal> {
    let (t, id, name) = (&world.state.tables, template.id(), template.name());
    if t.frameworks.get(id).is_some() {
        return Err(Refusal::Impossible(format!("{name} is there already.")));
    }
    let all = qualify::frameworks(&world.state);
    let mut edits: Vec<Edit> = [
        FrameworkField::Name(name.to_owned()),
        FrameworkField::Purpose(template.purpose().to_owned()),
        FrameworkField::Rank(Rank::between(all.last().map(|f| &f.rank), None)),
    ]
    .map(|f| Edit::Framework(id, f))
    .into();
    // Once removed, it comes back.
    if t.frameworks.row(id).is_some() {
        edits.push(Edit::deleted(id.into(), false));
    }
    let asks = template.questions();
    for ((about, text, weight), rank) in asks.iter().zip(Rank::spread(asks.len())) {
        let question = template.question_id(about);
        edits.extend(
            [
                QuestionField::Framework(id),
                QuestionField::Name((*about).to_owned()),
                QuestionField::Text((*text).to_owned()),
                QuestionField::Weight(*weight),
                QuestionField::Rank(rank),
            ]
            .map(|f| Edit::Question(question, f)),
        );
        if t.questions.row(question).is_some() {
            edits.push(Edit::deleted(question.into(), false));
        }
    }
    Ok(changed(format!("Added framework {name}"), edits, id))
}

/// A list that a record stands in: the ids and ranks of all of it, in order.
fn list_of(world: &World, what: EntityRef) -> Result<Vec<(u64, Rank)>, Refusal> {
    let (state, id) = (&world.state, what.id);
    let t = &state.tables;
    let gone = Refusal::Gone("That");
    macro_rules! pairs {
        ($list:expr) => {
            $list
                .into_iter()
                .map(|r| (r.id.0, r.rank.clone()))
                .collect()
        };
    }
    Ok(match what.kind {
        Kind::IcpCriterion => pairs!(fit::in_order(state)),
        Kind::ScoreRule => {
            let rule = t.score_rules.get(ScoreRuleId(id)).ok_or(gone)?;
            pairs!(score::in_order(state, rule.axis))
        }
        Kind::Framework => pairs!(qualify::frameworks(state)),
        Kind::Question => {
            let question = t.questions.get(QuestionId(id)).ok_or(gone)?;
            pairs!(qualify::questions(state, question.framework))
        }
        Kind::Criterion => {
            let criterion = t.criteria.get(CriterionId(id)).ok_or(gone)?;
            pairs!(gate::criteria(state, criterion.stage, criterion.side))
        }
        _ => return Err(Refusal::Impossible("This has no place in a list.".into())),
    })
}

fn ranked(what: EntityRef, rank: Rank) -> Edit {
    match what.kind {
        Kind::IcpCriterion => Edit::IcpCriterion(IcpId(what.id), IcpField::Rank(rank)),
        Kind::ScoreRule => Edit::ScoreRule(ScoreRuleId(what.id), ScoreRuleField::Rank(rank)),
        Kind::Framework => Edit::Framework(FrameworkId(what.id), FrameworkField::Rank(rank)),
        Kind::Question => Edit::Question(QuestionId(what.id), QuestionField::Rank(rank)),
        _ => Edit::Criterion(CriterionId(what.id), CriterionField::Rank(rank)),
    }
}

fn reorder(world: &World, what: EntityRef, index: usize) -> Result<Decision, Refusal> {
    let all = list_of(world, what)?;
    let at = all.iter().position(|(id, _)| *id == what.id);
    let at = at.ok_or(Refusal::Gone("That"))?;
    if at == index.min(all.len() - 1) {
        return Err(Refusal::Nothing);
    }
    let others: Vec<&(u64, Rank)> = all.iter().filter(|(id, _)| *id != what.id).collect();
    let ranks: Vec<&Rank> = others.iter().map(|(_, rank)| rank).collect();
    let (rank, anew) = rank_at(&ranks, index);
    let mut edits = vec![ranked(what, rank)];
    let anew = others.iter().zip(anew);
    edits.extend(anew.map(|((id, _), rank)| ranked(EntityRef { id: *id, ..what }, rank)));
    let name = world.state.name_of(what);
    Ok(changed(format!("Moved {name}"), edits, what))
}

fn remove(world: &World, what: EntityRef) -> Result<Decision, Refusal> {
    // Says whether it is one of these lists.
    list_of(world, what)?;
    if !world.is_alive(what) {
        return Err(Refusal::Gone("That"));
    }
    let name = world.state.name_of(what);
    let edits = vec![Edit::deleted(what, true)];
    Ok(changed(format!("Removed {name}"), edits, what))
}
