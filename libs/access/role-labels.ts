import type { Vocabulary } from "#kernel/labels.js";
import type { Role } from "./roles.js";

/** What the role of somebody who acts on records is called. */
export const roleLabels: Vocabulary<Exclude<Role, "importer" | "policy">> = {
  "shelter-case-manager": ["Case manager of a shelter", "Msimamizi wa kesi wa makazi", "Gestionnaire de cas d'un refuge"],
  "shelter-manager": ["Manager of a shelter", "Meneja wa makazi", "Responsable de refuge"],
  nurse: ["Nurse", "Muuguzi", "Infirmière"],
  psychologist: ["Psychologist", "Mwanasaikolojia", "Psychologue"],
  lawyer: ["Lawyer", "Mwanasheria", "Avocate"],
  "social-welfare-officer": ["Social welfare officer", "Afisa ustawi wa jamii", "Agent d'action sociale"],
  investigator: ["Investigator", "Mpelelezi", "Enquêtrice"],
  "return-officer": ["Return officer", "Afisa wa kurejea", "Chargée du retour"],
  supervisor: ["Supervisor", "Msimamizi", "Superviseure"],
  "monitoring-officer": ["Monitoring officer", "Afisa ufuatiliaji", "Chargée de suivi"],
  auditor: ["Auditor", "Mkaguzi", "Auditrice"],
  "data-protection-officer": ["Data protection officer", "Afisa ulinzi wa data", "Déléguée à la protection des données"],
  "platform-administrator": ["Platform administrator", "Msimamizi wa mfumo", "Administratrice de la plateforme"],
  "data-team": ["Data team", "Timu ya data", "Équipe de données"],
};
