# ruff: noqa: E501 - one statement a line
"""The bundled NCMEC card held to statements in wording of our own: which metric each states, and which state none.

The number in question stands in [[ ]]; after the arrow stands its metric, with the member where a dimension has one.
"""

import pytest

from extractors import read_page, read_text
from extractors.metrics.card import bundled_card

STATED = """
Our hotline answered [[94,428]] calls in 2021. -> hotline_calls
The National Center's hotline has handled in excess of [[4.8 million]] calls since 1984. -> hotline_calls
Recovery rate: [[97.3%]] -> recovery_rate
Attached to 2022's CyberTipline reports were 31 million images; videos, at [[30 million]], came second. -> files_reported file_type=video
CVIP received 4,400 requests from law enforcement, with some [[27 million]] images and videos to review. -> cvip_files_received
The CyberTipline took 19 million reports, including more than [[540,000]] of online enticement. -> online_enticement_reports
The CyberTipline took 19 million reports. One site made half. Some [[84%]] resolved outside the United States. -> cybertipline_reports_outside_us_share
Reports of child sex trafficking reached us from all 50 states: over [[19,000]] in 2022. -> trafficking_reports
Our Sex Offender Tracking Team helped with [[3,100]] requests concerning noncompliant offenders. -> sex_offender_requests
Attendants at the call center picked up for [[91,000]] calls. -> hotline_calls
According to the FBI, [[466,000]] entries for missing children under the age of 18 were made into NCIC. -> ncic_entries
Our sharing list counted [[6.3 million]] hash values at the end of the year. -> hashes_total
Genetic genealogy partners cracked [[14]] cases. -> genealogy_cases_solved
In 2019 staff at the call centre picked up the phone for [[118,000]] calls. -> hotline_calls
Since it opened in 1984, the toll-free line 1-800-THE-LOST has taken more than [[5 million]] calls. -> hotline_calls
Calls to the hotline numbered [[94,428]] in 2021. -> hotline_calls
The number of calls to our call center fell to [[94,428]]. -> hotline_calls
Operators at the 24-hour hotline fielded [[105,000]] calls, one every five minutes. -> hotline_calls
Hotline calls rose [[12%]] in 2022. -> hotline_calls
In 2015 NCMEC received [[126,000]] calls and helped with 9,000 cases of missing children. -> hotline_calls
Over the decades the center has circulated [[billions]] of photos of missing children. -> photos_circulated
More than [[6 million]] pictures of missing children were distributed through partners. -> photos_circulated
NCMEC has helped bring home more than [[426,000]] missing children. -> children_recovered
Working with police, we have assisted in the recovery of more than [[355,000]] missing children. -> children_recovered
More than [[400,000]] missing children have been recovered with the help of NCMEC. -> children_recovered
The recovery rate for missing children reported to NCMEC in 2022 was [[88%]]. -> recovery_rate
In 2024, [[91%]] of the children reported missing to NCMEC were recovered. -> recovery_rate
Of the children reported missing in 2023, [[89%]] have been recovered. -> recovery_rate
Law enforcement made [[421,394]] entries for missing children into the FBI's National Crime Information Center in 2019. -> ncic_entries
In 2020 there were [[365,348]] NCIC entries for missing children. -> ncic_entries
The FBI counted [[359,094]] missing child entries in NCIC in 2022. -> ncic_entries
During 2020, [[365,348]] missing children were entered into NCIC. -> ncic_entries
NCMEC assisted with [[27,644]] cases of missing children in 2022. -> missing_child_cases
In 2020, we helped families and police with [[29,782]] missing child cases. -> missing_child_cases
[[28,886]] cases of missing children were opened at NCMEC in 2023. -> missing_child_cases
In 2024, NCMEC received [[29,568]] reports of missing children. -> missing_child_cases
Cases of missing children handled by our analysts totalled [[28,886]] in 2023. -> missing_child_cases
By case type, [[91%]] of the missing children cases were endangered runaways. -> case_type_share case_type=endangered_runaway
Of the missing child cases, [[5%]] were family abductions. -> case_type_share case_type=family_abduction
Fewer than [[1%]] of the cases of missing children were nonfamily abductions. -> case_type_share case_type=nonfamily_abduction
In 2021, NCMEC assisted with [[21,051]] cases of children missing from care. -> missing_from_care_cases
We worked on [[23,000]] reports of children missing from the care of social services in 2022. -> missing_from_care_cases
Some [[19%]] of the children who went missing from care in 2022 were likely victims of child sex trafficking. -> missing_from_care_trafficking_share
Of the children missing from foster care, [[18%]] were likely trafficked for sex. -> missing_from_care_trafficking_share
More than [[25,000]] cases in 2022 involved children who had run away. -> runaway_cases
In 2022 we handled over [[25,000]] cases of children who had run away. -> runaway_cases
[[1 in 6]] of the runaways reported to NCMEC in 2021 were likely victims of child sex trafficking. -> runaway_trafficking_ratio
Of the children who had run away, [[one in six]] was a likely victim of child sex trafficking. -> runaway_trafficking_ratio
As of December 31, 2022, AMBER Alerts had led to the safe recovery of [[1,127]] children. -> amber_alert_recoveries
[[1,186]] children have been rescued because of the AMBER Alert program. -> amber_alert_recoveries
The AMBER Alert system has helped to save [[1,111]] children. -> amber_alert_recoveries
Forensic artists completed [[217]] age progressions in 2022. -> age_progressions
In 2022 our artists age-progressed [[217]] long-term missing children. -> age_progressions
Since 1989 our artists have created more than [[7,500]] age-progressed images of missing children. -> age_progressions
They also finished [[21]] facial reconstructions for unidentified deceased children. -> facial_reconstructions
Facial reconstructions of unidentified children: [[21]] -> facial_reconstructions
NCMEC is assisting with more than [[700]] open cases of unidentified child remains. -> unidentified_remains_cases
Our forensic team supported [[13]] identifications of deceased children in 2023. -> identifications
In 2020 the team helped to identify [[22]] deceased children. -> identifications
In 2022, [[26]] cases were solved with the help of genetic genealogy. -> genealogy_cases_solved
Genealogy led to answers in 2023: [[18]] cases were resolved in this way. -> genealogy_cases_solved
Team Adam deployed to [[29]] cases in 2020. -> team_adam_deployments
Since 2003 Team Adam has been deployed to [[1,100]] cases involving missing and exploited children. -> team_adam_deployments
Consultants of Team Adam have been deployed [[1,200]] times since 2003. -> team_adam_deployments
In 2020, Team Adam consulted virtually on [[28]] critical cases. -> team_adam_virtual_consultations
Our analysts answered [[4,234]] requests for information to support the recovery of missing children in 2020. -> information_requests
In 2020, we answered [[4,234]] requests for information from law enforcement and families. -> information_requests
In 2021, NCMEC analyzed [[395]] attempted abductions. -> attempted_abductions
We have tracked [[14,902]] attempted child abductions and related incidents since 2005. -> attempted_abductions
Those attempted abductions involved [[499]] children. -> attempted_abduction_children
We have reviewed [[millions]] of images of child sexual abuse. -> csam_images_reviewed
In 2020, the CyberTipline received [[21,751,085]] reports. -> cybertipline_reports
Last year our CyberTipline processed [[36.2 million]] reports of suspected child sexual exploitation. -> cybertipline_reports
CyberTipline reports climbed to [[32,059,029]] in 2022. -> cybertipline_reports
The CyberTipline received [[20.5 million]] reports containing more than 62.9 million files in 2024. -> cybertipline_reports
The CyberTipline took in [[9 million]] reports in 2016, most of them about abuse images, online enticement or child sex trafficking. -> cybertipline_reports
In 2016 the CyberTipline had [[9 million]] reports, the majority of which came from Facebook. -> cybertipline_reports
The CyberTipline has logged more than [[195 million]] reports since 1998. -> cybertipline_reports
The public filed [[265,542]] CyberTipline reports in 2023. -> cybertipline_reports reporter=public
Electronic service providers sent [[35,944,826]] reports to the CyberTipline in 2023. -> cybertipline_reports reporter=electronic_service_provider
In 2022 the CyberTipline received [[256,504]] reports from members of the public. -> cybertipline_reports reporter=public
Of the reports made to the CyberTipline in 2022, [[31,802,525]] came from electronic service providers. -> cybertipline_reports reporter=electronic_service_provider
Reports to the CyberTipline rose by [[35%]] in 2021. -> cybertipline_reports
In 2020 the CyberTipline took 21,751,085 reports. In 2019 it was [[16,987,361]]. -> cybertipline_reports
In 2022, the CyberTipline received [[31.9 million]] reports of suspected CSAM. -> cybertipline_csam_reports
CyberTipline reports of child sexual abuse material grew [[tenfold]] in a decade. -> cybertipline_csam_reports
CyberTipline reports of videos increased by [[40%]]. -> cybertipline_video_reports
In 2022, [[90%]] of CyberTipline reports resolved to locations outside the United States. -> cybertipline_reports_outside_us_share
Reports of online enticement rose to [[186,819]] in 2023. -> online_enticement_reports
In 2022, the CyberTipline received [[80,524]] reports of online enticement. -> online_enticement_reports
The center saw a [[82%]] increase in reports of online enticement. -> online_enticement_reports
In 2023, the CyberTipline received [[4,700]] reports related to generative AI. -> gai_reports
We received [[67,000]] reports involving generative artificial intelligence in 2024. -> gai_reports
Reports to the CyberTipline in 2022 contained [[88,377,207]] files. -> files_reported
CyberTipline reports included [[49,404,779]] images. -> files_reported file_type=image
The reports sent to the CyberTipline in 2023 held [[49,528,198]] videos. -> files_reported file_type=video
We sent [[66,000]] notices to electronic service providers about abuse material on their servers. -> esp_notices
CVIP has reviewed more than [[425 million]] images and videos since 2002. -> cvip_images_reviewed
The Child Victim Identification Program received [[4,300]] requests from law enforcement in 2022. -> cvip_requests
Law enforcement agencies sent CVIP 4,300 requests, which contained [[37 million]] images and videos. -> cvip_files_received
CVIP has enrolled [[22,500]] identified children. -> identified_victims
Images of [[2,400]] identified children are actively traded. -> actively_traded_victims
Among the victims in actively traded imagery, [[64%]] are girls. -> actively_traded_victim_share gender=female
Of the children in actively traded images, [[8%]] are infants or toddlers. -> actively_traded_victim_share age_group=infant_toddler
In 2022 we added [[1,141,667]] hashes of confirmed CSAM to the hash-sharing list. -> hashes_added
In 2021 our analysts added [[1,487,992]] hash values to the list shared with technology companies. -> hashes_added
The hash-sharing list now holds [[6.3 million]] hashes. -> hashes_total
Reports of child sex trafficking have reached us from all [[50]] states. -> trafficking_report_states
In 2022, NCMEC supported law enforcement in more than [[18,300]] reports of possible child sex trafficking. -> trafficking_reports
NCMEC received [[26,800]] reports of possible child sex trafficking in 2024. -> trafficking_reports
The recovery services team made safety plans and recovery plans for [[812]] children in 2022. -> recovery_planning_children
Analysts assisted with [[23,000]] requests to help locate noncompliant sex offenders. -> sex_offender_requests
In 2022, [[4,100]] noncompliant sex offenders were located or arrested. -> sex_offenders_located
In 2022 the work of our analysts led to the location or arrest of [[486]] noncompliant sex offenders. -> sex_offenders_located
Family advocates spoke with [[3,400]] individuals in 2022. -> family_advocacy_individuals
In 2022 we answered [[2,500]] requests for mental health support and crisis intervention. -> mental_health_requests
Team HOPE volunteers supported [[5,900]] individuals in 2022. -> team_hope_individuals
Since 1998 Team HOPE has helped [[100,000]] families. -> team_hope_families
Each year we receive [[millions]] of reports about missing and exploited children. -> exploitation_reports_received
Our prevention resources were viewed in all [[50]] states. -> prevention_resource_states
People in more than [[190]] countries have accessed our prevention resources. -> prevention_resource_countries
NetSmartz reached [[4.1 million]] students in 2022. -> netsmartz_students
Abuse prevention programs run with our partner reached [[25,000]] children. -> prevention_program_children
Law enforcement we trained works in [[50]] states. -> training_states
We have trained law enforcement in [[33]] countries. -> training_countries
We have trained more than [[379,000]] law enforcement, criminal justice and healthcare professionals. -> professionals_trained
By 2020 more than [[379,000]] professionals had been trained by NCMEC. -> professionals_trained
In 2022 our experts delivered [[41,000]] instances of training. -> training_instances
NCMEC CONNECT counts more than [[30,000]] registered users. -> connect_users
Our social media accounts together have [[1.9 million]] followers. -> social_media_followers
On social media we reached an average of [[9 million]] people each month. -> social_media_monthly_reach
The website had [[8.2 million]] visitors in 2022. -> website_visitors
The year's missing-child cases: [[4%]] were abductions by a family member. -> case_type_share case_type=family_abduction
Analysts fulfilled [[4,100]] information requests from detectives looking for missing children. -> information_requests
On social media, [[2 million]] people follow us. -> social_media_followers
The phones at 1-800-THE-LOST rang [[98,000]] times in 2019. -> hotline_calls
Calls to 1-800-THE-LOST: [[98,000]] -> hotline_calls
Of the missing children of 2022, [[88%]] made it home. -> recovery_rate
Endangered runaways: [[93%]] -> case_type_share case_type=endangered_runaway
Its CyberTipline was sent [[16.9 million]] reports in 2019. -> cybertipline_reports
Our website was visited by [[7 million]] people. -> website_visitors
Callers dialed 1-800-THE-LOST [[94,428]] times. -> hotline_calls
With our partners we mailed [[4 million]] photos of missing children to homes. -> photos_circulated
Our case managers worked [[27,733]] cases of missing children. -> missing_child_cases
In 2020, [[one out of six]] of the 26,500 runaways was likely a victim of sex trafficking. -> runaway_trafficking_ratio
Pictures of [[248]] long-term missing children were aged. -> age_progressions
Our artists rebuilt the faces of [[38]] deceased boys and girls. -> facial_reconstructions
Fifteen children got a name: [[15]] deceased children were given their names back. -> identifications
We logged [[415]] attempts to abduct a child. -> attempted_abductions
CyberTipline submissions numbered [[29,397,681]]. -> cybertipline_reports
The CyberTipline took 31 million reports in 2022. Tech companies made [[30.9 million]]. -> cybertipline_reports reporter=electronic_service_provider
The public and tech companies filed 240,598 and [[29,157,083]] CyberTipline reports, respectively. -> cybertipline_reports reporter=electronic_service_provider
Of the CyberTipline's 2021 reports, [[93.5%]] led abroad. -> cybertipline_reports_outside_us_share
[[12,070]] reports told of an adult luring a child online. -> online_enticement_reports
The reports to the CyberTipline carried [[85 million]] or so pictures, videos and other files. -> files_reported
It is the Child Victim Identification Program that knows the names of [[10,140]] children seen in abuse imagery. -> identified_victims
In 2022 analysts placed [[1,141,667]] hash values on the sharing list. -> hashes_added
Planning for safety after recovery was given to [[690]] children. -> recovery_planning_children
Team HOPE supported 5,120 individuals, and family advocates spoke with [[1,940]] individuals. -> family_advocacy_individuals
Team HOPE lent an ear to [[4,310]] parents. -> team_hope_individuals
NetSmartz lessons were put in front of [[1.8 million]] pupils. -> netsmartz_students
Our trainings were completed [[61,300]] times. -> training_instances
Some [[30,500]] people hold an account on NCMEC CONNECT. -> connect_users
Trainings delivered to professionals: [[2,140]] -> training_instances
Since 1984, NCMEC has assisted in the recovery of more than [[183,000]] children. -> children_recovered
Retired investigators went to the scene of [[41]] critical cases in 2019. -> team_adam_deployments
NCMEC answered 5,120 requests for information about missing children. The year before there had been [[4,760]] such requests. -> information_requests
The CyberTipline had received 1.7 million reports. In 2012 alone there were [[415,650]], and 92% of these were submitted by electronic service providers. -> cybertipline_reports
The recovery rate for missing children reached 97 percent in 2013; in 1990 it was [[62 percent]]. -> recovery_rate
Attempted abductions fell: we tracked [[379]] in 2020. -> attempted_abductions
We trained [[6,315]] police, prosecutors and other professionals in 2009. -> professionals_trained
In 2014, 10,184 professionals were trained. That brings the total to more than [[332,000]]. -> professionals_trained
Team Adam deployed to 71 cases in 2013 and to more than [[830]] cases since the program began. -> team_adam_deployments
CVIP has reviewed 104 million images and videos, including nearly [[22 million]] in 2013. -> cvip_images_reviewed
We helped in 90 requests to locate sex offenders. Law enforcement indicates that [[36]] were located. -> sex_offenders_located
Companies and the public made [[16,987,361]] reports of suspected child exploitation in 2019. -> cybertipline_reports
The number of files in CyberTipline reports went the other way, to [[69.2 million]]. -> files_reported
Online enticement accounted for [[186,819]] reports in 2023. -> online_enticement_reports
The call center and its staff answered [[94,428]] calls in 2021. -> hotline_calls
The number of calls to the hotline rose by 4,000 to [[98,000]]. -> hotline_calls
The recovery rate for missing children was 91%, compared with [[90%]] a year earlier. -> recovery_rate
Of all CyberTipline reports, 265,000 came from the public, about [[double]] the figure for 2020. -> cybertipline_reports reporter=public
Abductions by strangers came to [[1%]] of the cases, and lost children were rarer still. -> case_type_share case_type=nonfamily_abduction
Of some [[19,000]] endangered runaways reported to us in 2018, 1 in 7 was likely a victim of sex trafficking. -> runaway_cases
By the end of the year, [[98,000]] calls had been answered by the hotline. -> hotline_calls
In 40 years we found many children and answered more than [[5 million]] calls. -> hotline_calls
Since 1985 the center has distributed [[millions]] of photos. -> photos_circulated
Reports about luring children online went up by [[150%]] in 2022. -> online_enticement_reports
The CyberTipline saw a 20% rise in reports about online enticement, from 40,000 to [[48,000]]. -> online_enticement_reports
# CyberTipline\\n\\n- 240,598 reports came from the public\\n- [[29,157,083]] came from service providers -> cybertipline_reports reporter=electronic_service_provider
Nonfamily abductions: [[140]] -> missing_child_cases case_type=nonfamily_abduction
Lost, injured or otherwise missing: [[210]] -> missing_child_cases case_type=lost_injured_missing
# Missing Children Division\\n\\nFamily abductions: [[1,200]] -> missing_child_cases case_type=family_abduction
# Missing Children\\n\\nRecovered within the year: [[90%]] -> recovery_rate
Requests for technical help with sex offenders: [[2,300]] -> sex_offender_requests
Our analysts responded to [[3,900]] requests for information. -> information_requests
Children missing from foster care made up [[19,000]] cases. -> missing_from_care_cases
Since 2002 our staff have looked through [[90 million]] images and videos to help in identifying child victims. -> cvip_images_reviewed
CVIP staff reviewed 9 million images and videos, and the number of identified victims grew by 800 to [[6,200]]. -> identified_victims
Trained volunteers of Team HOPE gave support to [[41,000]] families. -> team_hope_families
Live NetSmartz lessons reached [[900,000]] students in the classroom. -> netsmartz_students
We had 27,000 cases of missing children. About [[nine in ten]] were endangered runaways, and one in eight who ran was trafficked for sex. -> case_type_share case_type=endangered_runaway
"""

NOT_STATED = """
Some 1,300 companies are registered to report to the CyberTipline, and [[160]] of them made a report.
Of those reports, electronic service providers made most. [[Five]] of them made 91% of all their reports.
Our hash-sharing list held 1.6 million hashes; [[350,000]] of them were new.
Marshals, for their part, arrested some [[11,300]] sex offenders in 2022.
Take It Down, the service for teens, has accepted [[210,000]] submissions.
The public filed 300,000 CyberTipline reports. That was twice the [[150,000]] reports they had sent the year before.
The call center took [[3,200]] calls in Spanish.
NCMEC's Ohio office received [[900]] calls in 2015.
In 2015 NCMEC received [[1,260]] calls about bullying.
In Texas, the call center took [[4,100]] calls.
Our hotline received an additional [[900]] calls about custody disputes.
The call center handles about [[310]] calls a day.
The national human trafficking hotline received [[51,000]] calls in 2021.
Childhelp's hotline answered [[139,000]] calls last year.
Of the calls to our hotline, [[1,900]] were about sightings.
Police answered [[20,000]] calls in 2021.
The Children's Night Line Coalition runs a hotline that answered [[2,000]] calls in 2021.
Ohio police entered [[18,000]] missing children into NCIC in 2020.
Texas: [[2,014]] CyberTipline reports in 2018.
A bank's fraud hotline received [[94,000]] calls in 2023.
A single CyberTipline report can hold [[thousands]] of files.
Team HOPE supports parents. The gallery was visited by [[7,000]] people.
In 2022 [[18]] children were identified, 9 of them through genetic genealogy.
The clinic had a recovery rate of [[88%]].
Our volunteers printed [[500]] photos of missing pets.
In 2022, [[14]] missing children were recovered in Operation Homecoming by the U.S. Marshals.
Of those missing children, [[2,100]] had autism.
We helped with the recovery of [[212]] infants abducted from hospitals.
The recovery rate for children abducted by strangers was [[70%]].
Nearly [[97%]] of endangered runaways were recovered within a year.
In 2021, [[32%]] of calls were answered within ten seconds.
There were [[521,705]] NCIC entries for missing persons of any age in 2021.
At the end of the year, NCIC held [[30,000]] active records of missing juveniles.
NCMEC assisted with [[412]] cases of missing children in Ohio.
We helped with [[1,200]] cases of missing children under the age of 5.
Of these cases, [[640]] involved children with autism.
In 2022, [[300]] of NCMEC's cases of missing children came from Guam.
In 2022 we closed [[900]] long-term cases of missing children.
In 2019 we helped to resolve [[26,300]] cases of missing children.
Girls made up [[15,000]] of the missing child cases.
In 2021, [[56%]] of missing children were girls.
The state agency reported [[980]] children missing from care in Florida.
Of the children missing from care, [[61%]] were girls.
Runaways spent an average of [[34]] days away from home.
In 2021, [[254]] AMBER Alerts were issued in the United States.
At least [[180]] children were rescued because of wireless emergency alerts.
AMBER Alerts issued in 2022 involved [[226]] children.
Age progressions have helped to recover [[1,800]] children.
Our artists trained [[40]] colleagues in facial reconstruction.
The database lists [[14,000]] unidentified adults.
Genealogy searches are pending in [[60]] cases.
Team Adam has [[66]] consultants.
Team Adam consultants have on average [[30]] years of experience.
We answered [[1,100]] requests for information from reporters.
In [[70%]] of attempted abductions the suspect drove a car.
Of the attempted abductions, [[120]] took place near schools.
Facebook sent [[20,307,216]] reports to the CyberTipline in 2020.
In 2022, [[236]] electronic service providers submitted reports to the CyberTipline.
Five companies sent more than [[90%]] of all CyberTipline reports.
The CyberTipline escalated [[63,892]] urgent reports to law enforcement.
NCMEC made [[1.1 million]] CyberTipline reports available to law enforcement in the U.S.
The CyberTipline received [[9,000]] reports about unsolicited obscene material sent to a child.
Our analysts review [[82,000]] CyberTipline reports every day.
Reports of financial sextortion to the CyberTipline reached [[26,718]] in 2023.
In 2023, [[12%]] of CyberTipline reports concerned urgent matters.
The Internet Watch Foundation confirmed [[275,655]] reports of abuse material in 2023.
Europol received [[12,000]] reports of online enticement.
In 2023, [[5,000]] reports of online enticement concerned financial sextortion.
India accounted for [[8.9 million]] CyberTipline reports.
About [[99%]] of CyberTipline reports concerned suspected CSAM.
In 2022, [[18 million]] of the images were unique.
The files were reported by [[240]] companies.
Google removed [[1.2 million]] images from its services.
On average, providers removed the material within [[3]] days of a notice.
CVIP trained [[300]] prosecutors.
We sent [[3]] notices to parents.
Of the identified victims, [[42%]] were abused by a family member.
In 2022, [[1,300]] newly identified victims were added to CVIP.
The tech industry shared [[2.1 million]] hashes through an industry list.
Take It Down holds [[90,000]] hashes made by young people.
Technology companies added [[1,200]] hash values to the list shared with NCMEC in 2022.
Bills on child sex trafficking were passed in [[12]] states.
The trafficking team has [[22]] analysts.
Polaris recorded [[10,359]] reports of sex trafficking in 2021.
Of the victims of child sex trafficking, [[88%]] were girls.
There are more than [[780,000]] registered sex offenders in the United States.
An estimated [[100,000]] noncompliant sex offenders are unaccounted for.
The U.S. Marshals reported the arrest of [[700]] sex offenders in 2022.
Our team learned that warrants for the arrest of [[60]] sex offenders had been issued.
Team HOPE has trained [[840]] volunteers since 1998.
Advocates made [[1,400]] referrals to therapists.
More than [[400]] therapists belong to the network.
Our videos were watched [[12 million]] times.
Teachers from [[40]] schools joined the workshop.
We trained [[600]] professionals in Texas.
In 2022, [[82]] courses were added to NCMEC CONNECT.
We have [[640,000]] followers on Facebook.
The website had [[3 million]] page views.
The foundation gave [[$2.5 million]] to NCMEC.
NCMEC employs [[350]] people.
The gala drew [[1,200]] visitors.
Volunteers drove [[4,000]] miles to deliver posters.
The gun-safety campaign reached [[2 million]] parents.
A survey of [[1,500]] parents found that few had talked about online safety.
Nearly [[800,000]] children are reported missing each year in the country, by one estimate.
In 2020 [[17]] families joined the march in Washington.
An insurer's website had [[12 million]] visitors.
A youth club in Denver gave 25 NetSmartz lessons of its own to [[600]] children.
Two state agencies trained [[1,400]] police officers.
The British hotline took [[12,000]] reports of child sexual abuse material.
Other labs identified [[40]] deceased children through genetic genealogy.
Researchers studied [[1,200]] cases of missing children.
Our goal is to train [[50,000]] professionals.
By 2025 we expect [[150,000]] calls to our hotline.
If every state took part, [[60,000]] children missing from care would be reported.
All but [[6.5%]] of the CyberTipline reports resolved abroad.
Team HOPE has a staff. Its volunteers, [[280]] or so, gave support to 5,630 people.
Hotline calls per day: [[260]]
In 2021, 230 companies sent at least [[one]] CyberTipline report.
NCMEC's analysts labelled [[16.9 million]] images as showing apparent child sexual abuse.
Countries to which CyberTipline reports were sent: [[140]]
Companies registered with the CyberTipline: [[1,600]]
Reports from companies abroad to the CyberTipline: [[4,000]]
Of the children likely trafficked for sex, [[86%]] had been in foster care.
The U.S. Marine Rescue Service arrested [[12,747]] sex offenders in 2022.
The International Harbour Institute trained [[1,027]] police officers.
Children missing from care made up 60% of the [[29,782]] children in the study.
Sextortion for money, a form of enticement, made up 26,000 of the reports. In 2021 it had been [[10,731]].
Our goal for 2022 is to reach all schools and to train [[15,000]] police officers.
We plan to offer 15 courses and to reach [[2 million]] children with NetSmartz.
The center wants [[40,000]] users on NCMEC CONNECT.
To train [[40,000]] professionals is our aim.
The recovery rate for missing children was 97 percent; for infants it was [[62 percent]].
The recovery rate for missing children was 97 percent. Gifts made up 40 percent; in 1990 it was [[12 percent]].
A charity in Leeds trained [[400]] teachers, nurses and other professionals.
We assisted with 90 requests to locate sex offenders. The state police indicate that [[36]] drivers were arrested.
The museum had 4,000 visitors. That brings the total to [[90,000]].
Abductions fell: we tracked [[379]] in 2020.
Online enticement on Facebook accounted for [[3,100]] reports.
Technology companies in India and the public there made [[5 million]] reports to the CyberTipline.
Of 300 children depicted in one series of abuse images, [[12]] were identified.
The peak was [[300]] calls in one day to the hotline.
CyberTipline reports by category, selected countries: India [[5.6 million]].
# Recoveries\\n\\nFamily abductions: [[900]]
# Children on our posters\\n\\nEndangered runaways: [[300]]
# Long-term cases\\n\\nFamily abductions: [[40]]
# Cases solved in 2020\\n\\nEndangered runaways: [[4,000]]
# NCIC entries\\n\\nFamily abductions: [[4,000]]
# Calls by type\\n\\nEndangered runaways: [[12,000]]
# Attempted abductions\\n\\nNonfamily abductions: [[300]]
# AMBER Alerts in 2020\\n\\nFamily abductions: [[120]]
# National estimates (a survey)\\n\\nFamily abductions: [[203,900]]
Family abductions rose to [[203,900]] in the country, a survey found.
Endangered runaways recovered: [[9,800]]
Recoveries of runaways: [[91%]]
Since 1984, volunteers have answered [[5,000]] calls for us.
Since 2005 we have received [[3,000]] calls about sextortion.
We have distributed [[900]] photos of our staff since 1984.
Since 2002 our analysts have reviewed [[9 million]] images and videos.
Analysts answered [[500]] requests for information from journalists.
# CyberTipline\\n\\n- 900 reports came from Texas\\n- [[450]] came from Ohio
# CyberTipline\\n\\n- 240,598 reports came from the public\\n- [[32]] were about pets
The CyberTipline saw an 18% increase in reports of pets, going from 40 to [[80]].
Team HOPE has volunteers. In all, [[300]] people were trained to support families.
Of the [[1,200]] endangered runaways reported to us from foster care, 1 in 5 was likely trafficked for sex.
We received [[4,000]] such reports of pets, and of 18,000 runaways one in six was likely a victim of sex trafficking.
The hotline and the website received [[98,000]] messages and calls.
The hotline and the CyberTipline together took [[900,000]] reports in 2020.
NetSmartz and KidSmartz lessons reached [[1.2 million]] children.
KidSmartz, the teen club and NetSmartz together reached [[1.2 million]] children.
Our website and the app of the hotline had [[40,000]] visitors.
The recovery rate for children missing from foster care was [[92%]].
The recovery rate for children missing from foster care was 92%, compared with [[90%]] a year earlier.
Of the youth missing from care, 93% were found, up from [[89%]] in 2021.
Wireless Emergency Alerts carry AMBER Alerts. Since 2013 they have led to the safe return of [[180]] children.
AMBER Alerts sent as text messages helped recover [[131]] children.
Gold partners: [[5,000]] CyberTipline reports or more.
Small senders: fewer than [[900]] CyberTipline reports.
Companies by number of CyberTipline reports: [[40]]
Some [[40%]] of the actively traded series show boys.
CVIP reviewed 9 million images and videos, and the number of partners rose by 8 to [[310]].
# Our year\\n\\n## Our work in Ohio\\n\\nThe call center took [[900]] calls.
Reviewers labelled [[16 million]] images in CyberTipline reports as abuse.
"""


def _cases(block: str) -> list[tuple[str, str, str]]:
    cases = []
    for line in block.strip().splitlines():
        statement, _, expected = line.partition(" -> ")
        number = statement.partition("[[")[2].partition("]]")[0]
        text = statement.replace("[[", "").replace("]]", "").replace("\\n", "\n")
        cases.append((text, number, expected))
    return cases


def _states(text: str, number: str) -> list[str]:
    """What the card says the number in `text` is: "metric member=…", or "" for none; one entry a fact."""
    facts = [
        fact
        for fact in read_text(text, card=bundled_card("ncmec-impact"), edition=2022).facts
        if number in fact.surface
    ]
    return [" ".join([fact.metric or "", *(f"{k}={v}" for k, v in fact.dimensions.items())]).strip() for fact in facts]


@pytest.mark.parametrize(("text", "number", "expected"), _cases(STATED))
def test_a_statement_of_a_metric_is_mapped(text: str, number: str, expected: str) -> None:
    assert _states(text, number) == [expected]


@pytest.mark.parametrize(("text", "number", "_expected"), _cases(NOT_STATED))
def test_a_part_or_a_look_alike_is_left_for_review(text: str, number: str, _expected: str) -> None:
    assert set(_states(text, number)) <= {""}


TABLES_NAMED = """
Program statistics, 2021-2022 |  | Calls to the hotline -> hotline_calls
Table 3. Selected program data | Missing Children Division | Cases of missing children -> missing_child_cases
Program data, fiscal year | Call Center | Calls received at 1-800-THE-LOST -> hotline_calls
Services provided | Forensic Services Unit | Age progressions completed -> age_progressions
Core services | Case Management Department | Cases of missing children -> missing_child_cases
Annual overview | Exploited Children Division | Hashes added to the hash-sharing list -> hashes_added
Annual overview | Community Outreach | Students reached by NetSmartz -> netsmartz_students
CyberTipline reports by country |  | All reports -> cybertipline_reports
"""

TABLES_NARROWED = """
Ohio office |  | Calls to the hotline
Texas regional program statistics |  | Calls to the hotline
Program statistics: Spanish-language services |  | Calls to the hotline
Program statistics | Girls | Cases of missing children
Program statistics | Children under 5 | Cases of missing children
Program statistics | Youth Program | Calls to the hotline
Program statistics | Military Families Program | Individuals supported by Team HOPE
Program statistics | State Police Division | Cases of missing children
Program statistics | Polaris | Calls to the hotline
Program statistics | Missing children | Calls to the hotline
Infant Abduction Section |  | Cases of missing children
Sex Offender Tracking Unit |  | Requests for information from police
CyberTipline reports by country |  | Peru
"""


def _table(line: str) -> tuple[str, str]:
    labels, _, expected = line.partition(" -> ")
    caption, group, row = (part.strip() for part in labels.split("|"))
    above = f"<tr><th colspan='3' scope='rowgroup'>{group}</th></tr>" if group else ""
    return (
        f"<main><h1>Our year</h1><table><caption>{caption}</caption><tr><th></th><th>2021</th><th>2022</th></tr>{above}"
        f"<tr><td>{row}</td><td>4,321</td><td>4,567</td></tr></table></main>",
        expected,
    )


def _cells(html: str) -> list[str | None]:
    return [fact.metric for fact in read_page(html.encode(), card=bundled_card("ncmec-impact")).facts]


@pytest.mark.parametrize("line", TABLES_NAMED.strip().splitlines())
def test_a_title_above_the_rows_does_not_narrow_them(line: str) -> None:
    html, expected = _table(line)
    assert _cells(html) == [expected, expected]


@pytest.mark.parametrize("line", TABLES_NARROWED.strip().splitlines())
def test_a_place_a_group_or_another_body_above_the_rows_narrows_them(line: str) -> None:
    html, _ = _table(line)
    assert set(_cells(html)) <= {None}


def test_every_metric_is_stated_at_least_once() -> None:
    stated = {expected.split()[0] for _, _, expected in _cases(STATED)}
    assert stated == set(bundled_card("ncmec-impact").metrics)
