//! Campaigns.

use super::super::deals::MAX_MINOR;
use super::super::{clean_name, decision};
use super::{long, short};
use crate::domain::campaign::CampaignField;
use crate::domain::change::{Edit, Intent, IntentKind};
use crate::domain::command::insight::CampaignDraft;
use crate::domain::command::{Ctx, Decision, Refusal};
use crate::domain::ids::CampaignId;
use crate::domain::world::World;

pub(super) fn save(
    world: &World,
    id: Option<CampaignId>,
    draft: CampaignDraft,
    ctx: &mut Ctx,
) -> Result<Decision, Refusal> {
    let t = &world.state.tables;
    let known = |id| t.campaigns.get(id).ok_or(Refusal::Gone("The campaign"));
    let existing = id.map(known).transpose()?;
    let name = clean_name("name", "A campaign", &draft.name)?;
    let same = |other: &crate::domain::campaign::Campaign| {
        existing.is_none_or(|e| e.id != other.id)
            && other.name.to_lowercase() == name.to_lowercase()
    };
    // Two people together may have made two of one name: only a name that is new is refused.
    let renamed = existing.is_none_or(|e| e.name != name);
    if renamed && t.campaigns.iter().any(same) {
        return Err(Refusal::field(
            "name",
            "There is a campaign of this name already.",
        ));
    }
    if let (Some(from), Some(to)) = (draft.from, draft.to)
        && to < from
    {
        return Err(Refusal::field("to", "It cannot end before it begins."));
    }
    if let Some(cost) = draft.cost {
        if cost.minor < 0 {
            return Err(Refusal::field(
                "cost",
                "A campaign cannot cost less than nothing.",
            ));
        }
        if cost.minor > MAX_MINOR {
            return Err(Refusal::field(
                "cost",
                "That is more than ten billion; please check the amount.",
            ));
        }
    }
    if let Some(owner) = draft.owner {
        let held = existing.and_then(|e| e.owner) == Some(owner);
        if !held && t.people.get(owner).is_none() {
            return Err(Refusal::Gone("The member of the team"));
        }
    }
    let fields = [
        CampaignField::Name(name.clone()),
        CampaignField::Source(short("source", &draft.source)?),
        CampaignField::From(draft.from),
        CampaignField::To(draft.to),
        CampaignField::Cost(draft.cost),
        CampaignField::Description(long("description", &draft.description)?),
        CampaignField::Owner(draft.owner),
    ];
    let verb = if existing.is_some() {
        "Changed"
    } else {
        "Added"
    };
    let id = existing.map_or_else(|| ctx.ids.fresh(), |e| e.id);
    Ok(decision(
        Intent::new(
            IntentKind::EditInsight,
            format!("{verb} the campaign {name}"),
        ),
        fields.map(|f| Edit::Campaign(id, f)).into(),
        Some(id.into()),
    ))
}
