from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0014_once_per_form'),
    ]

    operations = [
        migrations.AddField(
            model_name='workshop',
            name='removed_at',
            field=models.DateTimeField(blank=True, help_text='Thrown away before anybody had joined.', null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='removed_at',
            field=models.DateTimeField(blank=True, help_text='Taken off the plan before anything happened.', null=True),
        ),
        migrations.AlterField(
            model_name='session',
            name='state',
            field=models.CharField(choices=[('planned', 'planned'), ('doors_open', 'doors open'), ('live', 'on now'), ('closed', 'over'), ('cancelled', 'cancelled')], default='planned', max_length=12),
        ),
    ]
