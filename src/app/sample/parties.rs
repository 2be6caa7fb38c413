//! Who appears in the sample: customers, the people there, and the own team.
//!
//! All names are invented. Domains end in `.example`, which RFC 2606 keeps from ever being
//! anyone's.

use crate::domain::deal::BuyingRole;
use BuyingRole::{
    Blocker, Champion, DecisionMaker, EconomicBuyer, Influencer, Procurement, TechnicalBuyer, User,
};

/// A customer, or one to be.
#[derive(Clone, Copy, Debug)]
pub struct SampleOrganisation {
    /// Its name.
    pub name: &'static str,
    /// Its internet domain.
    pub domain: &'static str,
    /// Its industry.
    pub industry: &'static str,
    /// How many people work there.
    pub employees: u32,
    /// City and country.
    pub location: &'static str,
    /// The year it was founded.
    pub founded: u16,
}

/// A person at one of the [`ORGANISATIONS`].
#[derive(Clone, Copy, Debug)]
pub struct SampleContact {
    /// Full name.
    pub name: &'static str,
    /// What they do there.
    pub title: &'static str,
    /// Index of their organisation.
    pub organisation: usize,
    /// The part they play in a purchase.
    pub role: BuyingRole,
    /// The part of their e-mail address before the `@`.
    pub mailbox: &'static str,
}

/// A member of the own team.
#[derive(Clone, Copy, Debug)]
pub struct SampleSeller {
    /// Full name.
    pub name: &'static str,
    /// The part of their e-mail address before the `@`.
    pub mailbox: &'static str,
    /// Office.
    pub office: &'static str,
    /// Index of who leads them; `None` for the one who leads all.
    pub manager: Option<usize>,
    /// How likely a deal is theirs, against the others' figures.
    pub share: u32,
    /// How their win rate differs from the team's, in percentage points.
    pub skill: i32,
}

const fn org(
    name: &'static str,
    domain: &'static str,
    industry: &'static str,
    employees: u32,
    location: &'static str,
    founded: u16,
) -> SampleOrganisation {
    SampleOrganisation {
        name,
        domain,
        industry,
        employees,
        location,
        founded,
    }
}

const fn contact(
    organisation: usize,
    name: &'static str,
    mailbox: &'static str,
    title: &'static str,
    role: BuyingRole,
) -> SampleContact {
    SampleContact {
        name,
        title,
        organisation,
        role,
        mailbox,
    }
}

/// The customers. The first twenty have two contacts each, the others one.
#[rustfmt::skip]
pub const ORGANISATIONS: [SampleOrganisation; 40] = [
    org("Haldorsen Optikk", "haldorsen.example", "Precision instruments", 340, "Trondheim, Norway", 1987),
    org("Brightwell Dairies", "brightwell.example", "Food and drink", 1_250, "Leeds, United Kingdom", 1954),
    org("Quintela Cerámica", "quintela.example", "Building materials", 620, "Castellón, Spain", 1971),
    org("Nordhafen Logistik", "nordhafen.example", "Logistics", 2_900, "Bremen, Germany", 1962),
    org("Mirabeau Hôtels", "mirabeau.example", "Hospitality", 1_800, "Lyon, France", 1998),
    org("Okonjo Packaging", "okonjo.example", "Packaging", 410, "Lagos, Nigeria", 2004),
    org("Tanabe Seimitsu", "tanabe-seimitsu.example", "Precision instruments", 780, "Nagoya, Japan", 1949),
    org("Larkspur Health", "larkspur.example", "Health care", 5_400, "Portland, United States", 1983),
    org("Van der Brugge Glas", "vanderbrugge.example", "Glass", 260, "Eindhoven, Netherlands", 1966),
    org("Silvestri Pastificio", "silvestri.example", "Food and drink", 190, "Parma, Italy", 1938),
    org("Castlereagh Water", "castlereagh.example", "Utilities", 1_100, "Belfast, United Kingdom", 1991),
    org("Petrovska Textil", "petrovska.example", "Textiles", 530, "Skopje, North Macedonia", 1995),
    org("Redgum Cold Storage", "redgum.example", "Logistics", 220, "Melbourne, Australia", 2009),
    org("Ashwini Pharma", "ashwini.example", "Pharmaceuticals", 3_600, "Hyderabad, India", 1989),
    org("Fjordkraft Smolt", "fjordsmolt.example", "Aquaculture", 150, "Bergen, Norway", 2011),
    org("Maplewood Schools", "maplewood.example", "Education", 2_300, "Ottawa, Canada", 1976),
    org("Kowalczyk Meble", "kowalczyk.example", "Furniture", 480, "Poznań, Poland", 1992),
    org("Estrela do Mar", "estreladomar.example", "Food and drink", 310, "Matosinhos, Portugal", 1969),
    org("Grünwald Papier", "gruenwald.example", "Paper", 940, "Graz, Austria", 1921),
    org("Harrowgate Data Centres", "harrowgate.example", "Data centres", 130, "Slough, United Kingdom", 2013),
    org("Lindqvist Sågverk", "lindqvist.example", "Timber", 210, "Umeå, Sweden", 1958),
    org("Cerro Azul Mining", "cerroazul.example", "Mining", 4_200, "Antofagasta, Chile", 1979),
    org("Blue Heron Brewing", "blueheron.example", "Food and drink", 85, "Burlington, United States", 2012),
    org("Mbali Retail Group", "mbali.example", "Retail", 6_700, "Durban, South Africa", 1986),
    org("Kessler & Roth", "kessler-roth.example", "Machinery", 1_450, "Stuttgart, Germany", 1933),
    org("Anatolia Seramik", "anatolia.example", "Building materials", 870, "Bursa, Türkiye", 1974),
    org("Greenacre Nurseries", "greenacre.example", "Horticulture", 120, "Boskoop, Netherlands", 1981),
    org("Pellegrini Marmi", "pellegrini.example", "Building materials", 95, "Carrara, Italy", 1947),
    org("Northlight Studios", "northlight.example", "Media", 240, "Manchester, United Kingdom", 2006),
    org("Duarte Cortiça", "duarte.example", "Packaging", 360, "Santa Maria da Feira, Portugal", 1963),
    org("Sunrise Poultry", "sunrise-poultry.example", "Food and drink", 2_050, "Da Nang, Vietnam", 2001),
    org("Wexcombe Housing", "wexcombe.example", "Property", 430, "Bristol, United Kingdom", 1988),
    org("Rautio Terminals", "rautio.example", "Logistics", 570, "Kotka, Finland", 1972),
    org("Al Noor Facilities", "alnoor.example", "Property", 3_100, "Muscat, Oman", 1999),
    org("Bellweather Airports", "bellweather.example", "Transport", 2_600, "Denver, United States", 1990),
    org("Chamonde Fromagers", "chamonde.example", "Food and drink", 75, "Besançon, France", 1929),
    org("Ikeda Cold Chain", "ikeda-coldchain.example", "Logistics", 690, "Osaka, Japan", 1978),
    org("Vltava Sklárny", "vltava.example", "Glass", 320, "Plzeň, Czechia", 1951),
    org("Thornbury Care Homes", "thornbury.example", "Health care", 890, "Cardiff, United Kingdom", 1994),
    org("Meridian Yards", "meridianyards.example", "Shipbuilding", 1_700, "Gdynia, Poland", 1968),
];

/// The people there.
#[rustfmt::skip]
pub const CONTACTS: [SampleContact; 60] = [
    contact(0, "Ingvild Haldorsen", "ingvild", "Managing director", EconomicBuyer),
    contact(0, "Tor-Arne Bakke", "tor-arne.bakke", "Production engineer", TechnicalBuyer),
    contact(1, "Priya Raghunathan", "p.raghunathan", "Head of operations", DecisionMaker),
    contact(1, "Gareth Ollerenshaw", "g.ollerenshaw", "Site manager", Champion),
    contact(2, "Marisol Quintela", "marisol", "Finance director", EconomicBuyer),
    contact(2, "Iñaki Zubeldia", "i.zubeldia", "Kiln supervisor", User),
    contact(3, "Heike Brandstätter", "heike.brandstaetter", "Head of facilities", Champion),
    contact(3, "Yusuf Karadeniz", "yusuf.karadeniz", "IT security officer", Blocker),
    contact(4, "Clémence Auberjonois", "c.auberjonois", "Chief operating officer", DecisionMaker),
    contact(4, "Bastien Morvan", "b.morvan", "Energy manager", Champion),
    contact(5, "Chidinma Okonjo", "chidinma", "Chief executive", EconomicBuyer),
    contact(5, "Tunde Adeyemi-Cole", "tunde", "Maintenance lead", User),
    contact(6, "Haruka Tanabe", "h.tanabe", "Vice president, production", DecisionMaker),
    contact(6, "Shinji Morikawa", "s.morikawa", "Purchasing manager", Procurement),
    contact(7, "Denise Whitcomb", "denise.whitcomb", "Director of facilities", Champion),
    contact(7, "Marcus Oyelaran", "marcus.oyelaran", "Chief financial officer", EconomicBuyer),
    contact(8, "Joost van der Brugge", "joost", "Owner", EconomicBuyer),
    contact(8, "Fleur Hendrickx", "fleur", "Quality manager", Influencer),
    contact(9, "Alessia Silvestri", "alessia", "Plant manager", Champion),
    contact(9, "Renzo Bonfanti", "renzo", "Electrician", TechnicalBuyer),
    contact(10, "Aoife McGlinchey", "aoife.mcglinchey", "Asset manager", Champion),
    contact(10, "Stewart Purdie", "stewart.purdie", "Procurement officer", Procurement),
    contact(11, "Biljana Petrovska", "biljana", "General manager", DecisionMaker),
    contact(11, "Goran Ristevski", "goran", "Head weaver", User),
    contact(12, "Lachlan Burrows", "lachlan", "Operations manager", DecisionMaker),
    contact(12, "Mei Lin Chua", "meilin", "Compliance lead", Influencer),
    contact(13, "Anjali Deshpande", "anjali.deshpande", "Head of engineering", TechnicalBuyer),
    contact(13, "Ravi Shankaran", "ravi.shankaran", "Director, supply chain", DecisionMaker),
    contact(14, "Sindre Fosse", "sindre", "Farm manager", User),
    contact(14, "Guro Eikeland", "guro", "Chief executive", EconomicBuyer),
    contact(15, "Nathalie Beauchemin", "n.beauchemin", "Facilities planner", Champion),
    contact(15, "Owen Blackbird", "o.blackbird", "Treasurer", EconomicBuyer),
    contact(16, "Agnieszka Kowalczyk", "agnieszka", "Owner", EconomicBuyer),
    contact(16, "Piotr Wiśniak", "piotr", "Production planner", Champion),
    contact(17, "Rui Tavares Pinho", "rui.pinho", "Factory director", DecisionMaker),
    contact(17, "Inês Carvalhal", "ines.carvalhal", "Quality engineer", TechnicalBuyer),
    contact(18, "Matthias Grünwald", "matthias", "Managing director", EconomicBuyer),
    contact(18, "Sonja Pichlmair", "sonja.pichlmair", "Energy officer", Champion),
    contact(19, "Imran Sheikh-Hughes", "imran", "Head of infrastructure", DecisionMaker),
    contact(19, "Caroline Ferreday", "caroline", "Commercial manager", Procurement),
    contact(20, "Elin Lindqvist", "elin", "Sawmill manager", DecisionMaker),
    contact(21, "Rodrigo Valdebenito", "rodrigo.valdebenito", "Superintendent of maintenance", Champion),
    contact(22, "Abby Thorsen", "abby", "Head brewer", Champion),
    contact(23, "Thandeka Mkhize-Naidoo", "thandeka", "Group energy manager", DecisionMaker),
    contact(24, "Jürgen Oberdörfer", "j.oberdoerfer", "Head of plant technology", TechnicalBuyer),
    contact(25, "Zeynep Aksoylu", "zeynep", "Investment manager", EconomicBuyer),
    contact(26, "Maarten Groenewoud", "maarten", "Grower", User),
    contact(27, "Ottavia Pellegrini", "ottavia", "Owner", EconomicBuyer),
    contact(28, "Kwame Asante-Boyd", "kwame", "Technical director", TechnicalBuyer),
    contact(29, "Sofia Duarte", "sofia", "Board member", DecisionMaker),
    contact(30, "Nguyễn Minh Châu", "minhchau", "Deputy director", DecisionMaker),
    contact(31, "Harriet Poulsom", "harriet.poulsom", "Director of assets", DecisionMaker),
    contact(32, "Jussi Rautio", "jussi", "Chief executive", EconomicBuyer),
    contact(33, "Salma Al Hinai", "salma.alhinai", "Contracts manager", Procurement),
    contact(34, "Trent Gallardo", "t.gallardo", "Director of terminals", DecisionMaker),
    contact(35, "Lucie Chamonde", "lucie", "Cellar master", User),
    contact(36, "Ryo Ikeda", "ryo.ikeda", "Manager, warehouse systems", Champion),
    contact(37, "Markéta Hrubešová", "marketa", "Furnace engineer", TechnicalBuyer),
    contact(38, "Rhiannon Prosser", "rhiannon", "Finance manager", EconomicBuyer),
    contact(39, "Tomasz Zieliński-Wood", "tomasz", "Yard manager", Champion),
];

const fn seller(
    name: &'static str,
    mailbox: &'static str,
    office: &'static str,
    manager: Option<usize>,
    share: u32,
    skill: i32,
) -> SampleSeller {
    SampleSeller {
        name,
        mailbox,
        office,
        manager,
        share,
        skill,
    }
}

/// The domain of the own team's e-mail addresses.
pub const OWN_DOMAIN: &str = "fairlead.example";

/// The own team; the first one leads it. Shares and skills differ, so that a comparison of
/// sellers has something to show.
pub const SELLERS: [SampleSeller; 6] = [
    seller("Nora Feldmann", "nora", "London", None, 8, 9),
    seller("Daniel Achterberg", "daniel", "Rotterdam", Some(0), 22, 4),
    seller("Folasade Bright", "folasade", "London", Some(0), 24, 7),
    seller("Mateo Iribarren", "mateo", "Madrid", Some(0), 18, -3),
    seller("Kirsten Aalto", "kirsten", "Helsinki", Some(0), 16, 0),
    seller("Vikram Sethi-Lowe", "vikram", "London", Some(0), 12, -8),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_and_addresses_are_used_once() {
        let names: HashSet<_> = ORGANISATIONS.iter().map(|o| o.name).collect();
        let domains: HashSet<_> = ORGANISATIONS.iter().map(|o| o.domain).collect();
        assert_eq!((names.len(), domains.len()), (40, 40));
        let people: HashSet<_> = CONTACTS.iter().map(|c| c.name).collect();
        let boxes: HashSet<_> = CONTACTS
            .iter()
            .map(|c| (c.organisation, c.mailbox))
            .collect();
        assert_eq!((people.len(), boxes.len()), (60, 60));
        assert!(SELLERS.iter().all(|s| !people.contains(s.name)));
    }

    #[test]
    fn everyone_works_somewhere_and_everywhere_is_someone() {
        let places: HashSet<_> = CONTACTS.iter().map(|c| c.organisation).collect();
        assert_eq!(places, (0..ORGANISATIONS.len()).collect());
    }

    #[test]
    fn addresses_can_be_no_one_else_s() {
        let is_mailbox = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'.' | b'-'))
        };
        for domain in ORGANISATIONS.iter().map(|o| o.domain).chain([OWN_DOMAIN]) {
            let name = domain.strip_suffix(".example").unwrap_or_default();
            assert!(is_mailbox(name), "{domain}");
        }
        let boxes = CONTACTS.iter().map(|c| c.mailbox);
        for mailbox in boxes.chain(SELLERS.iter().map(|s| s.mailbox)) {
            assert!(is_mailbox(mailbox), "{mailbox}");
        }
    }

    #[test]
    fn one_seller_leads_the_others() {
        assert_eq!(SELLERS[0].manager, None);
        assert!(SELLERS[1..].iter().all(|s| s.manager == Some(0)));
        assert_eq!(SELLERS.iter().map(|s| s.share).sum::<u32>(), 100);
    }
}
