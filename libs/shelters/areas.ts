import { protect } from "#access/record.js";
import { shelters } from "./shelters.js";

const stay = { bed: "stay", category: "stay", overflow: "stay" } as const;

/**
 * A shelter as access sees it: its own staff's. Whoever stays in it is named here by her case and by her stay, and either tells where she
 * is: both are for the staff of the house alone.
 */
export const shelterRecord = protect(shelters, {
  belongsTo: (shelter) => ({ shelter }),
  subject: ({ capacity }) => capacity.subject,
  state: {
    capacity: { subject: "location", code: "capacity", registeredAt: "capacity", beds: "capacity", vettings: "capacity" },
    stays: "location",
  },
  facts: {
    ShelterRegistered: { code: "capacity", region: "capacity", shelter: "location" },
    ShelterVetted: "capacity",
    CapacityChanged: "capacity",
    BedTakenOutOfService: "capacity",
    BedRestored: "capacity",
    BedReserved: { reservation: "location", caseId: "location", bed: "stay", until: "stay" },
    ReservationReleased: { reservation: "location", caseId: "location" },
    ResidentAdmitted: { stay: "location", caseId: "location", ...stay },
    ResidentMoved: { stay: "location", ...stay },
    LeaveGranted: { stay: "location", until: "stay" },
    ResidentReturned: { stay: "location" },
    ResidentDischarged: { stay: "location", caseId: "location", exitType: "stay" },
  },
});
